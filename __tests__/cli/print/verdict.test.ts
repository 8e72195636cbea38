import { run } from "../../../cli/command-line";
import { paintedCount, verdictText } from "../../../cli/print/verdict";
import { CommandProject } from "../../support/projects/command-project";

const MAP = `accounts:
  tools: { id: "111111111111" }
hubs:
  robots:
    account: tools
    principals: { bot: { user: { name: bot, create: true } } }
`;
const GREEN = "\u001b[32m";
const RED = "\u001b[31m";
const YELLOW = "\u001b[33m";

test("verdicts are green, red or yellow, and plain without colours", () => {
  expect(verdictText("allowed", true)).toMatch(`${GREEN}allowed`);
  expect(verdictText("refuted", true)).toMatch(`${RED}refuted`);
  expect(verdictText("unknown", true)).toMatch(`${YELLOW}unknown`);
  expect(verdictText("denied", false)).toBe("denied");
  expect(paintedCount("1 error", 1, "red", true)).toMatch(`${RED}1 error`);
  expect(paintedCount("0 errors", 0, "red", true)).toBe("0 errors");
});

describe("on a terminal with colours", () => {
  let project: CommandProject;
  beforeAll(() => {
    project = new CommandProject();
    project.write("accounts.yaml", MAP);
    project.write("broken.yaml", MAP.replace('"111111111111"', "111111111111"));
  });
  afterAll(() => {
    project.remove();
  });
  const colored = async (...args: readonly string[]): Promise<string> => {
    let printed = "";
    const stdout = (text: string): void => void (printed += text);
    await run(args, { stdout, stderr: stdout, color: true, errorColor: true });
    return printed;
  };

  test.each([
    [["can", "bot@tools", "robots@tools"], `${GREEN}allowed`],
    [["can", "arn:aws:iam::111111111111:user/eve", "robots@tools"], `${RED}denied`],
    [["prove"], `${GREEN}proved`],
    [["synth"], `${GREEN}proved`],
    [["check", "--map", "broken.yaml"], `${RED}1 error`],
    [["rename", "account", "tools", "store", "--dry-run"], `${GREEN}+`],
  ])("%j", async (args, part) => {
    expect(await colored(...args)).toContain(part);
  });
});
