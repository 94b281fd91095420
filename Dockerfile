# dayzero-double in a container. Written along what `pnpm build` does and not built in CI: there is no Docker engine.
#
#   docker build -t dayzero-double .
#   docker run --rm -p 4010:4010 dayzero-double
#
# It listens on all addresses of the container, so the control plane asks for a token: the one that is printed at the
# start, or DAYZERO_DOUBLE_CONTROL_TOKEN. Every option is a variable like that, or an argument after the image's name.
# To keep the state, mount a folder (not a file, which could not be replaced) that the user `node` may write to, and set
# DAYZERO_DOUBLE_STATE_FILE to a file in it.

FROM node:22.21.1-alpine3.22 AS build
WORKDIR /build
RUN npm install --global pnpm@10.34.9
COPY . .
RUN pnpm install --frozen-lockfile --filter @dayzero-tokens/server... \
 && pnpm --filter @dayzero-tokens/server run build:command

# The command is a folder that needs nothing but Node.
FROM node:22.21.1-alpine3.22
WORKDIR /app
COPY --from=build /build/apps/server/package.json /build/LICENSE ./
COPY --from=build /build/apps/server/dist ./dist
ENV DAYZERO_DOUBLE_HOST=0.0.0.0
EXPOSE 4010
USER node
HEALTHCHECK --interval=5s --timeout=6s --start-period=5s \
  CMD node dist/main.js ready --url "http://127.0.0.1:${DAYZERO_DOUBLE_PORT:-4010}"
ENTRYPOINT ["node", "/app/dist/main.js"]
