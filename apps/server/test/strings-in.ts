import { randomUUID } from "node:crypto";
import type { Runtime } from "node:inspector";
import { Session } from "node:inspector/promises";

/** Node answers with private fields too; its types do not say so. */
type Properties = Runtime.GetPropertiesReturnType & { readonly privateProperties?: Runtime.PropertyDescriptor[] };

/** Every string that an object holds, however deep: in private fields, maps and sets too, as a debugger sees it. */
export async function stringsIn(subject: object): Promise<string[]> {
  const session = new Session();
  session.connect();
  const name = `subject ${randomUUID()}`;
  const strings: string[] = [];
  const isSeenAlready = `function () { const { seen } = globalThis[${JSON.stringify(name)}]; return seen.size === seen.add(this).size; }`;

  async function visit(objectId: string): Promise<void> {
    const seen = await session.post("Runtime.callFunctionOn", { objectId, functionDeclaration: isSeenAlready });
    if (seen.result.value === true) return;
    const found: Properties = await session.post("Runtime.getProperties", { objectId, ownProperties: true });
    const inside = found.internalProperties?.filter((property) => property.name === "[[Entries]]") ?? [];
    for (const { value } of [...found.result, ...(found.privateProperties ?? []), ...inside]) {
      if (value?.type === "string") strings.push(String(value.value));
      if (value?.type === "object" && value.objectId !== undefined) await visit(value.objectId);
    }
  }

  try {
    Reflect.set(globalThis, name, { subject, seen: new Set() });
    const { result } = await session.post("Runtime.evaluate", {
      expression: `globalThis[${JSON.stringify(name)}].subject`,
    });
    await visit(result.objectId ?? "");
  } finally {
    Reflect.deleteProperty(globalThis, name);
    session.disconnect();
  }
  return strings;
}
