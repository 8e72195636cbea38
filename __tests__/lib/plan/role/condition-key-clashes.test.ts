import { oneWayIn } from "../support/one-way-in";
import type { WayInEntry } from "../support/one-way-in";
import { planFindings } from "../support/planned-map";

function found(wayIn: WayInEntry): unknown {
  return planFindings(oneWayIn(wayIn)).map(({ rule, message }) => [rule, message]);
}

describe("a condition key that a way in would ask for twice (GR-13)", () => {
  test.each([
    ["sub", "`subject:`"],
    ["aud", "`audience:`"],
    ["Sub", "`subject:`"],
  ])("is the claim `%s`, which has a key of its own", (claim, key) => {
    const oidc = {
      provider: "gitlab",
      subject: "project_path:group/app",
      claims: { [claim]: "x" },
    };
    expect(found({ oidc })).toEqual([
      ["GR-13", `the claim \`${claim}\` is already required, by ${key}`],
    ]);
  });

  test("is a claim in another spelling", () => {
    const claims = { ref: "main", Ref: "other" };
    const oidc = { provider: "gitlab", subject: "project_path:group/app", claims };
    expect(found({ oidc })).toEqual([
      ["GR-13", "the claim `ref` is already required, by `Ref`; condition keys ignore case"],
    ]);
  });

  test("is the audience of SAML, which is always asked for", () => {
    const saml = { provider: "corporate", attributes: { "SAML:aud": "x" } };
    expect(found({ saml })).toEqual([
      ["GR-13", "the attribute `SAML:aud` is already required: the audience of the sign-in page"],
    ]);
  });

  test("is an attribute in another spelling", () => {
    const saml = { provider: "corporate", attributes: { "SAML:sub": "x", "saml:sub": "y" } };
    expect(found({ saml })).toEqual([
      [
        "GR-13",
        "the attribute `saml:sub` is already required, by `SAML:sub`; condition keys ignore case",
      ],
    ]);
  });

  test("is a session tag in another spelling", () => {
    const sessionTags = { team: { values: ["shop"] }, Team: { values: ["data"] } };
    expect(found({ user: { name: "bot" }, sessionTags })).toEqual([
      [
        "GR-13",
        "the session tag `team` is already required, by `Team`; condition keys ignore case",
      ],
    ]);
  });

  test("is none where all differ", () => {
    const claims = { ref: "main", project_id: "1" };
    const oidc = { provider: "gitlab", subject: "project_path:group/app", claims };
    expect(found({ oidc, sessionTags: { team: {}, ticket: {} } })).toEqual([]);
  });
});
