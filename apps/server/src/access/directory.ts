export const permissions = ["read", "write"] as const;

/** `read` lists tokens; `write` creates and revokes them. */
export type Permission = (typeof permissions)[number];

export interface User {
  readonly id: string;
  readonly email: string;
}

/** Who there is, and what they may do in which business. */
export class Directory {
  readonly #users = new Map<string, User>();
  readonly #grants = new Map<string, Map<string, ReadonlySet<Permission>>>();

  /** Adds the user, or replaces the one with the same id. */
  addUser(user: User): void {
    this.#users.set(user.id, user);
  }

  /** Says what the user may do in the business; what was said before no longer counts. */
  grant(userId: string, businessId: string, granted: Iterable<Permission>): void {
    const ofBusiness = this.#grants.get(businessId) ?? new Map<string, ReadonlySet<Permission>>();
    this.#grants.set(businessId, ofBusiness.set(userId, new Set(granted)));
  }

  /** undefined when there is no such user. */
  user(id: string): User | undefined {
    return this.#users.get(id);
  }

  /** What the user may do in the business; undefined when it has no access to it, or there is none such. */
  permissionsOf(userId: string, businessId: string): ReadonlySet<Permission> | undefined {
    return this.#grants.get(businessId)?.get(userId);
  }
}
