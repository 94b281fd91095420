import type { APITokenCreateResponse, APITokenResponse } from "@dayzero-tokens/contract";
import supertest, { type Response, type Test } from "supertest";
import { createApp } from "../src/app.ts";
import type { Permission } from "../src/state/memory/directory.ts";
import { mintToken } from "../src/tokens/mint-token.ts";
import type { Token } from "../src/tokens/token.ts";
import { wellKnown } from "../src/world/well-known.ts";
import { createWorld, type World, type WorldParts } from "../src/world/world.ts";

/** 2026-03-01T12:00:00Z, when every api of a test starts and, until the test says otherwise, stays. */
export const noon = 1_772_366_400_000;

/** What a caller sends to say who it is. */
export type Credentials = Readonly<Record<"authorization" | "x-business-id", string>>;

/** A double of a test's own, at noon, and the three routes as the well-known user calls them unless told otherwise. */
export interface Api {
  readonly world: World;
  /** The well-known ones. */
  readonly credentials: Credentials;
  readonly request: ReturnType<typeof supertest>;
  create(body?: object, headers?: Headers): Test;
  list(query?: string, headers?: Headers): Test;
  revoke(id: string, body?: object, headers?: Headers): Test;
  /** Creates a token and answers with it and with credentials of its own. */
  created(body?: object, headers?: Headers): Promise<Created>;
  /** Puts a user of its own beside the well-known one, and answers with credentials of it. */
  addUser(options?: { id?: string; businessId?: string; permissions?: readonly Permission[] }): Promise<Created>;
}

const both: readonly Permission[] = ["read", "write"];

type Headers = Readonly<Record<string, string>>;

export interface Created {
  readonly secret: string;
  readonly info: Pick<APITokenResponse, "id" | "jti">;
  readonly credentials: Credentials;
}

export async function startApi(parts: WorldParts = {}): Promise<Api> {
  const world = await createWorld(parts);
  world.clock.own().freeze(noon);
  const request = supertest(createApp(world));
  const credentials = { authorization: `Bearer ${wellKnown.secret}`, "x-business-id": wellKnown.businessId };
  const api: Api = {
    world,
    credentials,
    request,
    create: (body = { name: "ci" }, headers = credentials) => request.post("/api/v1/tokens").set(headers).send(body),
    list: (query = "", headers = credentials) => request.get(`/api/v1/tokens${query}`).set(headers),
    revoke: (id, body, headers = credentials) => request.post(`/api/v1/tokens/${id}/revoke`).set(headers).send(body),
    async created(body, headers = credentials) {
      const answer = await api.create(body, headers);
      if (answer.status !== 201) throw new Error(`No token was created: ${answer.status} ${answer.text}`);
      const { token, token_info }: APITokenCreateResponse = answer.body;
      return { secret: token, info: token_info, credentials: { ...credentials, ...headers, ...bearer(token) } };
    },
    async addUser(options = {}) {
      const {
        id = "01941f29-7c00-7000-8000-0000000000a1",
        businessId = wellKnown.businessId,
        permissions = both,
      } = options;
      world.directory.addUser({ id, email: `${id}@example.com` });
      world.directory.grant(id, businessId, permissions);
      const owner = { userId: id, businessId };
      const { token, secret } = mintToken(world, { ...owner, name: "theirs", createdAt: noon, expiresAt: null });
      await world.tokens.add(token, 0, noon);
      return { secret, info: token, credentials: { ...bearer(secret), "x-business-id": businessId } };
    },
  };
  return api;
}

export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** Moves the clock of a test's double. */
export const passTime = ({ world }: Api, milliseconds: number): void => world.clock.own().advance(milliseconds);

/** The record as the store has it. */
export const storedToken = async ({ world }: Api, id: string): Promise<Token | undefined> =>
  (await world.tokens.all()).find((token) => token.id === id);

// These say how the bytes travel, or that a double answered; all others are part of an answer.
const ofTheConnection = new Set(["connection", "content-length", "date", "keep-alive", "x-dayzero-double"]);

/** All of an answer that means something: status, headers and text. */
export const answerOf = ({ status, headers, text }: Response) => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheConnection.has(name))),
  text,
});

/** A refusal in upstream's words, whole. */
export const refusal = (status: number, detail: unknown, headers: Headers = {}) => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  text: JSON.stringify({ detail }),
});

export const notAuthenticated = refusal(401, "Not authenticated", { "www-authenticate": "Bearer" });
export const invalidParameters = refusal(400, "Invalid request parameters");
export const notEnoughPermissions = refusal(403, "Not enough permissions");
export const notFound = refusal(404, "Resource not found");
