/** What a value may be, and how it is read. */
export interface Kind<T> {
  /** Follows "must" in the sentence about a value that is none. */
  readonly must: string;
  /** undefined: the text is no such value. */
  readonly read: (text: string) => T | undefined;
}

export const text: Kind<string> = { must: "not be empty", read: (given) => given || undefined };

export const wholeNumber: Kind<number> = { must: "be a whole number, 0 or more", read: readWholeNumber };

export const portNumber: Kind<number> = {
  must: "be a whole number from 0 to 65535 (0 picks a free port)",
  read: (given) => upTo(65_535, readWholeNumber(given)),
};

export const rate: Kind<number> = {
  must: "be a whole number of requests a second, such as 5/s",
  read: (given) => readWholeNumber(given.replace(/\/s$/, "")) || undefined,
};

export const yesOrNo: Kind<boolean> = { must: "be true or false", read: readYesOrNo };

export const address: Kind<string> = {
  must: "be a name or an IP address, without scheme and port",
  read: (given) => (/^[\w.%-]+$|^[\da-f:.]+(?:%\w+)?$/i.test(given) ? given : undefined),
};

export const names: Kind<readonly string[]> = {
  must: "be names such as double.internal, without scheme and port",
  read: (given) => {
    const all = given.split(",").map((name) => name.trim());
    return all.every((name) => /^[\w.-]+$/.test(name)) ? all : undefined;
  },
};

export const origin: Kind<string> = {
  must: 'be an origin such as http://localhost:5173, without a path, or "*"',
  read: (given) => (given === "*" || (URL.canParse(given) && new URL(given).origin === given) ? given : undefined),
};

export const bearerToken: Kind<string> = {
  must: "be letters, digits and -._~+/ only, as a bearer token is",
  read: (given) => (/^[\w.~+/-]+=*$/.test(given) ? given : undefined),
};

function readWholeNumber(given: string): number | undefined {
  return /^\d{1,9}$/.test(given) ? Number(given) : undefined;
}

const upTo = (most: number, number: number | undefined) =>
  number !== undefined && number <= most ? number : undefined;

function readYesOrNo(given: string): boolean | undefined {
  if (given === "true" || given === "1") return true;
  return given === "false" || given === "0" ? false : undefined;
}
