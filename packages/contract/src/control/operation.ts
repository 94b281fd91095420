import * as z from "zod";

/** The contract's name of a route. */
export const OperationName = z.enum(["createToken", "listTokens", "revokeToken"]);

/** What a user may do in a business: `read` lists tokens, `write` creates and revokes them. */
export const PermissionName = z.enum(["read", "write"]);
