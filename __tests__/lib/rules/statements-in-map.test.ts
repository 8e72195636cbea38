import { checkMap } from "../../support/project";
import type { PolicyTexts } from "../../support/project";

/** A map whose hub has some permissions. */
function map(permissions: string): string {
  return `version: 1
organizations: { main: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
hubs:
  automation:
    account: tools
    principals: { bot: { user: { name: bot } } }
    permissions: ${permissions}
spokes:
  deployer: { hubs: [automation], accounts: { keys: [app] } }
`;
}

/** One statement that compares a key, as YAML or JSON writes its value. */
function statement(value: string): string {
  return `{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::logs", "Condition": { "NumericLessThan": { "s3:max-keys": ${value} } } }`;
}

function errors(mapText: string, policies?: PolicyTexts): readonly unknown[] {
  return checkMap(mapText, policies)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ rule, span, message }) => ({ rule, line: span?.start.line, message }));
}

const at = "hubs.automation.permissions.statements.0.Condition.NumericLessThan.s3:max-keys";

describe("a number without quotes in a statement of the map", () => {
  test.each(["10", "-1", "1.5", "1e3", "0x10", "9007199254740993"])("is refused: %s", (value) => {
    expect(errors(map(`{ statements: [${statement(value)}] }`))).toEqual([
      {
        rule: "value",
        line: 10,
        message: `\`${at}\` must be a string or a list, got the number ${value}`,
      },
    ]);
  });

  test("is refused in a list", () => {
    expect(errors(map(`{ statements: [${statement('["10", 20]')}] }`))).toEqual([
      { rule: "value", line: 10, message: `\`${at}.1\` must be a string, got the number 20` },
    ]);
  });

  test("is fine in quotes, and in a document of JSON, where AWS takes it", () => {
    expect(errors(map(`{ statements: [${statement('"10"')}] }`))).toEqual([]);
    const logs = `{ "Version": "2012-10-17", "Statement": [${statement("10")}] }`;
    expect(errors(map("{ documents: [logs] }"), { logs })).toEqual([]);
  });
});
