import { readFileSync } from "node:fs";

/** Upstream's own page of the create route, as it is published. */
export const createTokenPage = readFileSync(new URL("./create-token.md", import.meta.url), "utf8");

/** The part of the page that says what the route takes and answers; the rest are prose and samples. */
export const createTokenReference = createTokenPage
  .slice(0, createTokenPage.indexOf("## Code samples"))
  .replace(/## Authentication\n.*?(?=## )/s, "")
  .trim();
