// Create and list as a custom service of emulate: argv[2] is the port.
import { randomUUID } from "node:crypto";
import { createEmulator, defineEmulator } from "emulate";

const service = defineEmulator({
  name: "tokens",
  state: () => ({ tokens: [] }),
  setup({ app, state }) {
    app.use("/api/*", async (c, next) => {
      if (!/^bearer ./i.test(c.req.header("authorization") ?? "")) return c.json({ detail: "Not authenticated" }, 401);
      await next();
    });
    app.post("/api/v1/tokens", async (c) => {
      const { name, description = null } = await c.req.json();
      if (typeof name !== "string" || name === "") return c.json({ detail: "name is needed" }, 422);
      const token = { id: randomUUID(), jti: randomUUID(), name, description, created_at: new Date().toISOString() };
      state.tokens.push(token);
      return c.json({ token: `dz_${randomUUID()}`, token_info: token }, 201);
    });
    app.get("/api/v1/tokens", (c) => c.json({ items: state.tokens.slice(-Number(c.req.query("limit") ?? 50)) }));
  },
});

await createEmulator({ service, port: Number(process.argv[2]) });
