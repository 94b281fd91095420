/** A request as it goes out: every header as it is, repeats kept. */
export interface Carried {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
  readonly signal: AbortSignal;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What brings requests to a target. Rejects where no whole answer comes. */
export interface Carrier {
  /** Whether a repeated header arrives as it was sent. */
  readonly keepsRepeats: boolean;
  carry(request: Carried): Promise<Reply>;
}
