import { readFileSync } from "node:fs";

const page = readFileSync(new URL("../../../packages/contract/test/upstream/create-token.md", import.meta.url), "utf8");

/** What a sample of upstream's page is run against. */
export interface Target {
  readonly url: string;
  readonly secret: string;
  readonly businessId: string;
}

/** A code sample of upstream's page, with nothing changed but host and credentials. */
export function sampleFor({ url, secret, businessId }: Target, language: "bash" | "javascript" | "python"): string {
  const [, sample] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(page) ?? [];
  if (sample === undefined) throw new Error(`The page has no sample in ${language}`);
  return sample
    .replaceAll("https://api.ondayzero.com", url)
    .replaceAll("dz_your_token", secret)
    .replaceAll("YOUR_BUSINESS_ID", businessId);
}
