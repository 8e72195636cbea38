import { checkConfiguration } from "../../../../lib/session/profiles/check-configuration";
import { planProfiles } from "../../../../lib/session/profiles/plan-profiles";
import type { ProfilesInput } from "../../../../lib/session/profiles/plan-profiles";
import { blockIn, profileBlock, withBlock } from "../../../../lib/session/profiles/profile-block";
import { callerOfArn } from "../../../../lib/session/caller";
import { sampleIndex } from "../../../support/access/sample-index";

const INDEX = sampleIndex();

function profilesOf(
  arn: string,
  more: Partial<ProfilesInput> = {},
): ReturnType<typeof planProfiles> {
  const caller = callerOfArn(arn);
  if (caller === undefined) throw new Error(arn);
  return planProfiles({
    index: INDEX,
    caller,
    for: "laptop",
    source: "base",
    prefix: "",
    wishes: { tags: {} },
    time: Date.parse("2027-01-01T12:00:00Z"),
    processOptions: [],
    ...more,
  });
}

const SHIFT = "arn:aws:iam::100000000001:user/shift";
const OPS =
  "arn:aws:sts::100000000001:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/anna@corp.test";

describe("AWS profiles", () => {
  test("say every hop where a profile can, each with its own external ID", () => {
    const profiles = profilesOf(SHIFT);
    expect(profiles.map(({ name }) => name)).toEqual([
      "gate.core",
      "watch.blue",
      "watch.green",
      "watch.top",
      "work.blue",
      "work.green",
    ]);
    expect(profiles.find(({ name }) => name === "gate.core")).toEqual({
      name: "gate.core",
      settings: {
        role_arn: "arn:aws:iam::100000000001:role/gate",
        source_profile: "base",
        role_session_name: "shift",
        duration_seconds: "3600",
        region: "eu-west-1",
      },
    });
    expect(profiles.find(({ name }) => name === "work.blue")?.settings).toEqual({
      role_arn: "arn:aws:iam::100000000002:role/work",
      source_profile: "gate.core",
      role_session_name: "shift",
      external_id: "work-blue",
      duration_seconds: "3600",
      region: "eu-west-1",
    });
  });

  test("on an instance begin with its own credentials, beside the first role", () => {
    const gate = "arn:aws:sts::100000000001:assumed-role/gate/i-1";
    expect(
      profilesOf(gate, { for: "instance" }).find(({ name }) => name === "work.blue")?.settings,
    ).toMatchObject({ credential_source: "Ec2InstanceMetadata", external_id: "work-blue" });
  });

  test("ask for credentials where a hop needs what no profile can say, and say so", () => {
    expect(
      profilesOf(OPS, { prefix: "me-", processOptions: ["--as x"] }).find(
        ({ name }) => name === "me-work.green",
      ),
    ).toEqual({
      name: "me-work.green",
      why: "gate@core needs a source identity, which no profile can say",
      settings: {
        credential_process:
          "trustwheel credentials work@green --format process --from base --via gate@core --as x",
        region: "eu-west-1",
      },
    });
    const robot = profilesOf("arn:aws:iam::100000000001:user/robot").find(
      ({ name }) => name === "work.blue",
    );
    expect(robot?.why).toBe("there are several paths");
  });

  test("have no finding of the rules about AWS configuration files", () => {
    for (const arn of [SHIFT, OPS]) {
      expect(
        checkConfiguration(
          `[profile base]\nregion = x\n\n${profileBlock(profilesOf(arn), INDEX.map)}`,
        ),
      ).toEqual([]);
    }
  });
});

describe("the block in a configuration file", () => {
  const block = profileBlock(profilesOf(SHIFT), INDEX.map);
  const other = profileBlock(profilesOf(OPS), INDEX.map);

  test.each([
    ["an empty file", "", ""],
    ["a file", "[default]\nregion = x\n", "\n"],
    ["a file without an end of line", "[default]\nregion = x", "\n\n"],
  ])("is put at the end of %s, and replaced in place", (_, text, gap) => {
    const first = withBlock(text, block);
    expect(first).toEqual({ text: `${text}${gap}${block}` });
    const longer = `${text}${gap}${block}\n[profile mine]\nx = y`;
    expect(withBlock(longer, other)).toEqual({
      text: `${text}${gap}${other}\n[profile mine]\nx = y`,
    });
    expect(withBlock(longer, block)).toEqual({ text: longer });
    expect(blockIn(longer)).toBe(block);
  });

  test("keeps the line ends of the file", () => {
    const edit = withBlock("[default]\r\nregion = x\r\n", block);
    if ("problem" in edit) throw new Error(edit.problem);
    expect(edit.text.replaceAll("\r\n", "")).not.toMatch(/\n/);
    expect(blockIn(edit.text)).toBe(block);
  });

  test("is left alone where its marker lines are broken", () => {
    const [begin = ""] = block.split("\n");
    const broken = {
      problem: expect.stringMatching(
        /^the file has one of the two marker lines, or several/,
      ) as unknown,
    };
    expect(withBlock(`${begin}\n[profile x]\n`, block)).toEqual(broken);
    expect(withBlock(block + block, block)).toEqual(broken);
    const [end = ""] = block.split("\n").slice(-2);
    expect(withBlock(`${block}${end}\n`, block)).toEqual(broken);
    expect(withBlock(`${end}\n${begin}\n`, block)).toEqual(broken);
    expect(blockIn(block + block)).toBeUndefined();
  });
});

describe("the check of an AWS configuration file", () => {
  test.each([
    ["CF-01", "[a]\nregion = x\n", 1, "`[a]` is no profile in this file"],
    [
      "CF-01",
      "[profile a]\nregion = x\n[profile a]\n",
      3,
      "the profile a is there twice; tools mix the two",
    ],
    [
      "CF-02",
      "[profile a b]\nregion = x\n",
      1,
      "the profile name a b has spaces and no quotes, so no tool finds it",
    ],
    [
      "CF-03",
      "[profile a]\nrole_arn = r\nrole_session_name = n\n",
      1,
      "the profile a has `role_arn` and nothing to assume it with",
    ],
    [
      "CF-03",
      "[profile a]\nrole_arn = r\nrole_session_name = n\nsource_profile = b\ncredential_source = Environment\n",
      1,
      "the profile a has both `source_profile` and `credential_source`",
    ],
    [
      "CF-04",
      "[profile a]\nrole_arn = r\nrole_session_name = n\ncredential_source = EC2InstanceMetadata\n",
      1,
      "`credential_source` must be Environment, Ec2InstanceMetadata, EcsContainer in this spelling, got EC2InstanceMetadata",
    ],
    [
      "CF-05",
      "[profile b]\ncredential_source = Environment\n[profile a]\nrole_arn = r\nrole_session_name = n\nsource_profile = b\n",
      3,
      "the source profile b of a has `credential_source` and no `role_arn`, which the AWS CLI does not take",
    ],
    [
      "CF-06",
      "[profile a]\nrole_arn = r\nrole_session_name = n\nsource_profile = a\n",
      1,
      "the source profiles of a form a circle",
    ],
    [
      "CF-07",
      "[profile b]\nsso_account_id = 1\n[profile a]\nrole_arn = r\nrole_session_name = n\nsource_profile = b\nduration_seconds = 3601\n",
      3,
      "`duration_seconds` of a must be a whole number from 900 to 3600, got 3601",
    ],
    [
      "CF-07",
      "[profile a]\nrole_arn = r\nrole_session_name = n\nsource_profile = b\nduration_seconds = 899\n",
      1,
      "`duration_seconds` of a must be a whole number from 900 to 43200, got 899",
    ],
    [
      "CF-08",
      "[profile a]\nrole_arn = r\nrole_session_name = n\ncredential_source = Environment\nmfa_serial = arn:aws:iam::1:mfa/x\n",
      1,
      "`mfa_serial` of a belongs to the hop that a user makes, and its source is a role's session",
    ],
    [
      "CF-08",
      "[profile a]\nrole_arn = r\nrole_session_name = n\nsource_profile = b\nmfa_serial = short\n",
      1,
      "`mfa_serial` of a must be a serial number or an ARN, got short",
    ],
    [
      "CF-09",
      "[profile a]\nrole_arn = r\nrole_session_name = n\nsource_profile = b\nweb_identity_token_file = /t\n",
      1,
      "the profile a has `web_identity_token_file`, which silently wins over `source_profile`",
    ],
    [
      "CF-10",
      "[profile a]\nsso_session = corp\n",
      1,
      "there is no `[sso-session corp]` for the profile a",
    ],
    [
      "CF-12",
      "[profile a]\nregion = x # mine\n",
      2,
      "a comment behind a value is part of the value for some tools: region",
    ],
    [
      "CF-14",
      "[profile a]\nrole_arn = r\nsource_profile = b\n",
      1,
      "the profile a names no session, so audit logs show `botocore-session-` and a number",
    ],
  ])("finds %s: %j", (rule, text, line, message) => {
    expect(
      checkConfiguration(text).map((found) => [found.rule, found.line, found.message]),
    ).toEqual([[rule, line, message]]);
  });

  test("finds nothing in what every tool takes", () => {
    const text =
      '# mine\n[default]\nregion = x\n[profile "a b"]\nrole_arn = r\nrole_session_name = n\nsource_profile = keys\nduration_seconds = 43200\nmfa_serial = arn:aws:iam::1:mfa/x\n[profile keys]\naws_access_key_id = A\n[profile own]\naws_access_key_id = A\nrole_arn = r\nrole_session_name = n\nsource_profile = own\n[sso-session corp]\nsso_region = x\n[profile s]\nsso_session = corp\n[services local]\ns3 =\n  endpoint_url = http://x\n';
    expect(checkConfiguration(text)).toEqual([]);
  });
});
