import type { RuleId } from "@dayzero-tokens/contract";
import { documentedErrors } from "@dayzero-tokens/contract";

/** A request that ends before its handler: the rule that decided, and the answer. Handed to `next`, it is answered in one place. */
export class Refusal {
  readonly rule: RuleId;
  readonly status: number;
  readonly detail: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(rule: RuleId, status: number, detail: unknown, headers: Readonly<Record<string, string>> = {}) {
    this.rule = rule;
    this.status = status;
    this.detail = detail;
    this.headers = headers;
  }
}

/** A 401 says how to authenticate: RFC 9110 asks for it, and FastAPI's own helpers do it. */
export const notAuthenticated = (rule: RuleId) =>
  new Refusal(rule, 401, documentedErrors[401].detail, { "www-authenticate": "Bearer" });

export const invalidParameters = (rule: RuleId) => new Refusal(rule, 400, documentedErrors[400].detail);

export const notEnoughPermissions = (rule: RuleId) => new Refusal(rule, 403, documentedErrors[403].detail);
