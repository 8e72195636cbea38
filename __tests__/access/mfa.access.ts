import { AccessHome } from "../support/access/access-home";
import { judgedProject, startJudgeOf } from "../support/judge/judged-project";

const MAP = `
version: 1
organizations:
  one: { id: o-abcdefghij }
defaults: { region: eu-west-1 }
accounts:
  core: { id: "100000000001", unit: /Core }
  blue: { id: "100000000002", unit: /Apps }
hubs:
  gate:
    account: core
    maxSession: 8h
    principals: { anna: { user: { name: anna, create: true }, mfa: true } }
spokes:
  work:
    hubs: [gate]
    accounts: { units: [/Apps] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;

const SERIAL = "arn:aws:iam::100000000001:mfa/phone";

test("a hub that requires MFA gets the code once, before the command starts, for the hub's whole session", async () => {
  const project = judgedProject(MAP);
  const judge = await startJudgeOf(project);
  const home = new AccessHome(judge, project);
  try {
    const anna = "arn:aws:iam::100000000001:user/anna";
    judge.device(SERIAL, anna, "123456");
    const env = home.environment(judge.userKey(anna));
    const exec = ["exec", "work@blue", "--mfa-serial", SERIAL];
    const wrong = await home.client([...exec, "--mfa-code", "000000", "--", "echo", "ran"], env);
    expect(wrong).toMatchObject({ code: 125, stdout: "" });
    expect(wrong.stderr).toContain(
      "the MFA code is wrong, was used already, or is of another device",
    );
    expect(await home.client([...exec, "--mfa-code", "123456", "--", "echo", "ran"], env)).toEqual({
      code: 0,
      signal: null,
      stdout: "ran\n",
      stderr: "",
    });
    const hub = judge.calls.filter(({ form }) => form.get("SerialNumber") === SERIAL).at(-1);
    expect(hub?.form.get("DurationSeconds")).toBe("28800");
    // The hub's session is kept: no code is asked for again.
    expect(
      await home.client([...exec, "--duration", "15m", "--", "echo", "again"], env),
    ).toMatchObject({ code: 0, stdout: "again\n" });
    const without = await home.client(["exec", "work@blue", "--", "echo", "ran"], env);
    expect(without).toMatchObject({ code: 125, stdout: "" });
    expect(without.stderr).toContain(
      "help: name your MFA device with `--mfa-serial`, and give its code when asked",
    );
    expect(judge.problems).toEqual([]);
  } finally {
    home.remove();
    await judge.stop();
  }
});
