import type { Response } from "express";
import type { Owner, Token } from "../../tokens/token.ts";
import { exchangeOf } from "../exchange.ts";

/** Who is asking, with which token and, once that is checked, in which business. */
export interface Caller extends Owner {
  /** Of the `x-user-email` header where given, else the user's own. */
  readonly email: string;
  readonly token: Token;
}

/** The caller of a request that got past the credentials. */
export function callerOf(res: Response): Caller {
  const { caller } = exchangeOf(res);
  if (caller === undefined) throw new Error("The route asks for its caller before the credentials are checked");
  return caller;
}
