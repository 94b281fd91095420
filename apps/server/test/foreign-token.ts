import { createSigningKey, mintSecret } from "../src/tokens/secret.ts";

/** A well-formed token that no double minted, as a real one would be. */
export const foreignToken = (jti = "5f3c7a52-6c1e-4d3a-9b1f-2f6d3c4b5a69"): string =>
  mintSecret({ jti, userId: "a user", createdAt: 1_772_366_400_000, expiresAt: null }, createSigningKey("not ours"));
