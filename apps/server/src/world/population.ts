import type { Grant, User } from "../state/memory/directory.ts";
import type { Token } from "../tokens/token.ts";
import type { World } from "./world.ts";

/** What a world, or a business in it, starts from. */
export interface Origin {
  readonly users: readonly User[];
  readonly businesses: readonly string[];
  readonly grants: readonly Grant[];
  readonly tokens: readonly Token[];
  /** Which revision a sandbox asked for; undefined: its double's. */
  readonly envelope?: boolean | undefined;
}

/** Puts the origin's users, businesses and tokens into the world. */
export async function settle({ directory, tokens }: World, origin: Origin): Promise<void> {
  for (const user of origin.users) directory.addUser(user);
  for (const businessId of origin.businesses) directory.addBusiness(businessId);
  for (const { userId, businessId, permissions } of origin.grants) directory.grant(userId, businessId, permissions);
  for (const token of origin.tokens) await tokens.add(token, 0, token.createdAt);
}

/** The part of an origin that belongs to the business. */
export function originOf({ users, grants, tokens, businesses }: Origin, businessId: string): Origin {
  const ofBusiness = grants.filter((grant) => grant.businessId === businessId);
  const members = new Set(ofBusiness.map(({ userId }) => userId));
  return {
    users: users.filter(({ id }) => members.has(id)),
    businesses: businesses.filter((id) => id === businessId),
    grants: ofBusiness,
    tokens: tokens.filter((token) => token.businessId === businessId),
  };
}

/** What both origins start from. */
export const joinOrigins = (first: Origin, second: Origin): Origin => ({
  users: [...first.users, ...second.users],
  businesses: [...first.businesses, ...second.businesses],
  grants: [...first.grants, ...second.grants],
  tokens: [...first.tokens, ...second.tokens],
});
