import type { FieldsShape } from "./shape.ts";

/** A method of the client, as errors and hooks name it. */
export type Operation = "tokens.create" | "tokens.list" | "tokens.revoke";

/** What the transport has to know of a route. */
export interface Route {
  readonly operation: Operation;
  readonly method: "GET" | "POST";
  /** `*` stands for the one path parameter. */
  readonly path: string;
  readonly success: number;
  /** The refusals that are documented for the route. */
  readonly refusals: readonly number[];
  /** The fields of a success that a program stands on. */
  readonly shape: FieldsShape;
}

const path = "/api/v1/tokens";
const refusals = [400, 401, 403, 422];
const token: FieldsShape = { id: "string", jti: "string", token_prefix: "string", created_at: "string" };

export const createRoute: Route = {
  operation: "tokens.create",
  method: "POST",
  path,
  success: 201,
  refusals,
  shape: { token: "string", token_info: token },
};

export const listRoute: Route = {
  operation: "tokens.list",
  method: "GET",
  path,
  success: 200,
  refusals,
  shape: { items: [token], has_next: "boolean", has_prev: "boolean" },
};

export const revokeRoute: Route = {
  operation: "tokens.revoke",
  method: "POST",
  path: `${path}/*/revoke`,
  success: 201,
  refusals: [...refusals, 404],
  shape: { id: "string", jti: "string", revoked_at: "string" },
};
