/** Something that the double answers knowingly otherwise than a FastAPI application with these routes would. */
export interface Divergence {
  readonly says: string;
  readonly because: string;
  /** Whether an answer of the double still shows it. */
  readonly isOpen: (fetch: (path: string, init?: RequestInit) => Promise<Response>) => Promise<boolean>;
}

export const divergences: readonly Divergence[] = [
  {
    says: "Replies carry `x-dayzero-double`",
    because: "whoever meets one should know that no production service gave it; `--no-double-header` leaves it out",
    isOpen: async (fetch) => (await fetch("/api/v1/tokens")).headers.has("x-dayzero-double"),
  },
  {
    says: "Paths under `/_double` are the control plane's, not 404",
    because: "a double has to be steered, and DayZero's paths begin with `/api`",
    isOpen: async (fetch) => (await fetch("/_double/health")).status === 200,
  },
  {
    says: "A body over 8 MiB is answered 413",
    because: "FastAPI reads bodies of any size, and a double must not run out of memory",
    isOpen: async (fetch) =>
      (await fetch("/api/v1/tokens", { method: "POST", body: " ".repeat(8 * 1024 * 1024 + 1) })).status === 413,
  },
];
