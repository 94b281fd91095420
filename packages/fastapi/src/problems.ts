import type { Complaint } from "./pydantic.ts";

/** What a schema found wrong, and where, in the words of the Standard Schema that zod speaks. */
export interface Issue {
  readonly path?: readonly unknown[] | undefined;
  readonly params?: unknown;
}

/** An entry in the `detail` of a 422. */
export interface Problem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Complaint["ctx"];
}

/** The part of a request that an issue is about. */
export type Place = "path" | "query" | "body";

/** The `detail` of a 422: what each issue complains of, where, and the input as it was received. */
export const problemsOf = (issues: readonly Issue[], place: Place, input: unknown): Problem[] =>
  issues.map((issue) => {
    const path = (issue.path ?? []).map((step) => (typeof step === "number" ? step : String(step)));
    const { type, msg, ctx } = complaintOf(issue, input);
    const found = type === "missing" ? valueAt(input, path.slice(0, -1)) : valueAt(input, path);
    return { type, loc: [place, ...path], msg, input: found ?? null, ...(ctx && { ctx }) };
  });

const missing: Complaint = { type: "missing", msg: "Field required" };
const notAnObject: Complaint = {
  type: "model_attributes_type",
  msg: "Input should be a valid dictionary or object to extract fields from",
};

/** Scalars bring their complaint along; what is left is a whole body that is absent, or of another type. */
function complaintOf({ params }: Issue, input: unknown): Complaint {
  if (isComplaint(params)) return params;
  return input === undefined || input === null ? missing : notAnObject;
}

const isComplaint = (params: unknown): params is Complaint =>
  typeof params === "object" && params !== null && "type" in params && "msg" in params;

const valueAt = (input: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce((value: unknown, step) => Object(value)[step], input);
