import { readdir, readFile, writeFile } from "node:fs/promises";

/**
 * Writes down whose code was built in, and under which licences: they ask for it. Fails where a package does not say.
 * @param {string} path @param {readonly import("esbuild").Metafile[]} metafiles
 */
export async function writeNotices(path, metafiles) {
  const notices = await Promise.all([...packagesIn(metafiles)].map(noticeOf));
  await writeFile(path, [intro, ...notices.sort()].join(`\n${"-".repeat(80)}\n\n`));
}

const intro = "Code of these packages is part of this one, each under the licence that follows its name.\n";

/** The folders of the packages that anything was taken from. @param {readonly import("esbuild").Metafile[]} metafiles */
function packagesIn(metafiles) {
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const paths = outputs.flatMap(({ inputs }) => Object.keys(inputs));
  return new Set(paths.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
}

async function noticeOf(/** @type {string} */ folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)\b/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
  if (texts.length === 0)
    throw new Error(`${name} ${version} (${license}) comes without its licence; it cannot be built in`);
  return `${name} ${version} (${license})\n\n${texts.map((text) => `${text.replaceAll("\r\n", "\n").trim()}\n`).join("\n")}`;
}
