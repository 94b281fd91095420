import * as z from "zod";

/** The contract's name of a route. */
export const OperationName = z.enum(["createToken", "listTokens", "revokeToken"]);

/** What a user may do in a business: `read` lists tokens, `write` creates and revokes them. */
export const PermissionName = z.enum(["read", "write"]);

/** The id of a business, in whatever case; the double writes it in lower case. */
export const BusinessId = z.string().toLowerCase();
