import { defineConfig } from "vitest/config";

/** Runs the client's own tests on another build of it. */
export default defineConfig({
  resolve: { alias: [{ find: /^\.\.\/src\/index\.ts$/, replacement: String(process.env["CLIENT_BUILD"]) }] },
  test: { name: "packed", include: ["test/**/*.test.ts"], restoreMocks: true, pool: "threads" },
});
