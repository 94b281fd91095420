import { DayZero } from "@dayzero-tokens/client";
import type { MintedToken, SandboxRequest } from "@dayzero-tokens/contract/control";
import { makeSandbox } from "../steering/make-sandbox.ts";
import { forgetBusiness } from "../steering/reset-world.ts";
import type { Listening } from "../transport/listen.ts";
import { type Steering, steeringOf } from "./steering.ts";

/** A business, a user and a working token that nobody else has. `await using` forgets them at the end of the scope. */
export interface TestSandbox extends Steering, AsyncDisposable {
  readonly businessId: string;
  readonly userId: string;
  readonly email: string;
  /** The secret of the working token. */
  readonly token: string;
  readonly tokenId: string;
  /** The tokens in the states that were asked for, with their secrets. */
  readonly tokens: readonly MintedToken[];
  /** A client that is set up for this sandbox. */
  readonly client: DayZero;
  /** Forgets the sandbox: state, faults, clock and journal. */
  forget(): Promise<void>;
}

/** Makes a sandbox in a double. */
export async function testSandbox({ world, url }: Listening, request?: SandboxRequest): Promise<TestSandbox> {
  const {
    business_id: businessId,
    user_id: userId,
    email,
    token,
    token_id: tokenId,
    tokens,
  } = await makeSandbox(world, request);
  const forget = () => forgetBusiness(world, businessId);
  return {
    ...steeringOf(world, businessId),
    businessId,
    userId,
    email,
    token,
    tokenId,
    tokens,
    client: new DayZero({ apiToken: token, businessId, baseUrl: url }),
    forget,
    [Symbol.asyncDispose]: forget,
  };
}
