export const permissions = ["read", "write"] as const;

/** `read` lists tokens; `write` creates and revokes them. */
export type Permission = (typeof permissions)[number];

export interface User {
  readonly id: string;
  readonly email: string;
}

/** What a user may do in a business. */
export interface Grant {
  readonly userId: string;
  readonly businessId: string;
  readonly permissions: readonly Permission[];
}

/** Who there is, and what they may do in which business. */
export class Directory {
  readonly #users = new Map<string, User>();
  readonly #grants = new Map<string, Map<string, ReadonlySet<Permission>>>();
  readonly #businessesOf = new Map<string, Set<string>>();

  /** Adds the user, or replaces the one with the same id. */
  addUser(user: User): void {
    this.#users.set(user.id, user);
  }

  /** Says what the user may do in the business; what was said before no longer counts. */
  grant(userId: string, businessId: string, granted: Iterable<Permission>): void {
    const ofBusiness = this.#grants.get(businessId) ?? new Map<string, ReadonlySet<Permission>>();
    this.#grants.set(businessId, ofBusiness.set(userId, new Set(granted)));
    this.#businessesOf.set(userId, (this.#businessesOf.get(userId) ?? new Set()).add(businessId));
  }

  /** Everybody, in the order in which they came. */
  users(): readonly User[] {
    return [...this.#users.values()];
  }

  /** Whether anybody may do anything there. */
  hasBusiness(businessId: string): boolean {
    return this.#grants.has(businessId);
  }

  /** Makes the business known, with nobody in it yet. */
  addBusiness(businessId: string): void {
    if (!this.#grants.has(businessId)) this.#grants.set(businessId, new Map());
  }

  /** Who may do what, business by business. */
  grants(): readonly Grant[] {
    return [...this.#grants].flatMap(([businessId, ofBusiness]) =>
      [...ofBusiness].map(([userId, granted]) => ({ userId, businessId, permissions: [...granted] })),
    );
  }

  /** Forgets the business, and the users that have no other. Answers whether there was one. */
  removeBusiness(businessId: string): boolean {
    for (const userId of this.#grants.get(businessId)?.keys() ?? []) {
      const others = this.#businessesOf.get(userId);
      others?.delete(businessId);
      if (others?.size !== 0) continue;
      this.#businessesOf.delete(userId);
      this.#users.delete(userId);
    }
    return this.#grants.delete(businessId);
  }

  /** Forgets everybody. Answers how many businesses there were. */
  clear(): number {
    const businesses = this.#grants.size;
    this.#users.clear();
    this.#grants.clear();
    this.#businessesOf.clear();
    return businesses;
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
