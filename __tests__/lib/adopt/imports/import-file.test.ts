import fc from "fast-check";
import { importText } from "../../../../lib/adopt/imports/import-blocks";
import { isImportFile } from "../../../../lib/adopt/imports/import-file";

const BLOCK = 'import {\n  to = aws_iam_role.hub-bots\n  id = "bots"\n}\n';

describe("a file of imports", () => {
  test.each([
    ["nothing", ""],
    ["a block", BLOCK],
    ["comments and blocks", `# adopted\n\n${BLOCK}\n// again\n  # here\n${BLOCK}`],
    ["Windows line ends", BLOCK.replaceAll("\n", "\r\n")],
    ["no end of its last line", BLOCK.trimEnd()],
    ["a quote in an id", 'import {\n  to = aws_iam_role.x\n  id = "a\\"b"\n}\n'],
  ])("may hold %s", (_, text) => {
    expect(isImportFile(text)).toBe(true);
  });

  test.each([
    ["a resource", `${BLOCK}resource "aws_iam_role" "evil" {}\n`],
    ["a resource on the line of a block", `${BLOCK.trimEnd()} resource "aws_iam_role" "evil" {}\n`],
    ["a resource behind a comment that ends", `/* */ resource "aws_iam_role" "evil" {}\n`],
    ["an expression as id", 'import {\n  to = aws_iam_role.x\n  id = "${file("x")}"\n}\n'],
    ["a template as id", 'import {\n  to = aws_iam_role.x\n  id = "%{ if true }x%{ endif }"\n}\n'],
    [
      "another argument",
      'import {\n  to = aws_iam_role.x\n  id = "x"\n  provider = aws.other\n}\n',
    ],
    ["an address in a module", 'import {\n  to = module.m.aws_iam_role.x\n  id = "x"\n}\n'],
    ["for_each", 'import {\n  for_each = {}\n  to = aws_iam_role.x\n  id = "x"\n}\n'],
    ["a block that is not closed", BLOCK.replace("}", "")],
    ["a comment over several lines", `/*\n${BLOCK}*/\n`],
    ["a carriage return in a comment", `# x\rresource "aws_iam_role" "evil" {}\n`],
  ])("holds no %s", (_, text) => {
    expect(isImportFile(text)).toBe(false);
  });

  test("is what adoption writes, whatever the names are", () => {
    const id = fc.string({
      unit: fc.constantFrom("a", "Z", "0", "/", ":", "+", "=", ",", ".", "@", "-", "_"),
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.array(id, { maxLength: 5 }), (ids) => {
        const blocks = ids.map((each, index) => ({ to: `aws_iam_role.role-${index}`, id: each }));
        expect(isImportFile(importText(blocks))).toBe(true);
      }),
    );
  });
});
