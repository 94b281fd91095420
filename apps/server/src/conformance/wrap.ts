/**
 * A text in lines of at most so many characters, broken behind blanks; a word that is longer than a line behind its
 * commas. One that still does not fit stands out, whole.
 */
export function wrap(text: string, width: number): readonly [string, ...string[]] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<= )/)) {
    for (const part of word.length > width ? word.split(/(?<=,)/) : [word]) {
      if (line.trim() !== "" && (line + part).trimEnd().length > width) {
        lines.push(line.trimEnd());
        line = "";
      }
      line += part;
    }
  }
  const [first = line, ...rest] = [...lines, line];
  return [first, ...rest];
}

/** A command for a shell in such lines, broken between its arguments: the shell reads it as one. */
export function wrapCommand(command: string, width: number): readonly [string, ...string[]] {
  const [first = command, ...rest] = command.match(argument) ?? [];
  const lines: [string, ...string[]] = [first];
  for (const each of rest) {
    const longer = `${lines.at(-1)} ${each}`;
    // Room is left for a blank and the backslash.
    if (longer.length + 2 <= width) lines[lines.length - 1] = longer;
    else lines.push(each);
  }
  const [start, ...more] = lines.map((line, at) => (at < lines.length - 1 ? `${line} \\` : line));
  return [start ?? command, ...more];
}

/** An option that takes a value stays with it. */
const argument = /(?:(?:-H|-X|--data-binary) )?(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g;
