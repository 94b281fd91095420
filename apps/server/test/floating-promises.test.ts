import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const fixture = "apps/server/test/floating-promises.fixture.ts";

// A promise that rejects with nobody to hear of it ends the process, and `void promise` satisfies the linter.
test("no promise is let go of before somebody listens for its rejection", () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile);
  const include = ["apps/*/src", "packages/*/src", fixture];
  const { fileNames, options } = ts.parseJsonConfigFileContent({ ...config, include, exclude: [] }, ts.sys, root);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();

  const found = fileNames.flatMap((name) => {
    const source = program.getSourceFile(name);
    return source === undefined ? [] : floatingIn(source, checker);
  });

  // What stands in the fixture is there to be found.
  expect(found).toEqual(
    ["promise()", "promise()", "promise().then(() => 1)", "promise()"].map((text) => `${fixture}: ${text}`),
  );
}, 120_000);

function floatingIn(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) || ts.isVoidExpression(node)) {
      const { expression } = node;
      if (!isHeld(expression) && isThenable(checker.getTypeAtLocation(expression))) {
        found.push(`${relative(root, source.fileName)}: ${expression.getText(source)}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether somebody waits for the value, keeps it, or listens for its rejection. */
function isHeld(expression: ts.Expression): boolean {
  if (ts.isBinaryExpression(expression)) return isAssignment(expression.operatorToken.kind);
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return false;
  const { name } = expression.expression;
  return (
    (name.text === "catch" && expression.arguments.length > 0) ||
    (name.text === "then" && expression.arguments.length > 1)
  );
}

const isAssignment = (operator: ts.SyntaxKind) =>
  operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;

const isThenable = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.some(isThenable) : type.getProperty("then") !== undefined;
