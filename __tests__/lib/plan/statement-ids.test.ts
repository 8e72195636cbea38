import { planMap } from "./support/planned-map";

function sidsOf(principals: Readonly<Record<string, object>>): unknown[] {
  const map = {
    version: 1,
    accounts: { app: { id: "111111111111" } },
    spokes: { reader: { accounts: { keys: ["app"] }, principals } },
  };
  return planMap(JSON.stringify(map))
    .trust("app", "spoke-reader")
    .map(({ Sid }) => Sid);
}

const user = { name: "bot" };

describe("the ids of statements (GR-12)", () => {
  test("are made of the letters and digits of keys", () => {
    expect(sidsOf({ "deploy-bot-2": { user } })).toEqual(["DeployBot2"]);
  });

  test("get a number where keys meet without their punctuation", () => {
    expect(sidsOf({ "a-b": { user }, "a--b": { user } })).toEqual(["AB", "AB2"]);
  });

  test("get a number that no other statement has", () => {
    const identity = { sourceIdentity: { values: ["ann"] } };
    const sids = sidsOf({
      bot: { user, ...identity },
      "bot-source-identity": { user },
      "bot-source--identity": { user },
      "bot-source-identity2": { user },
      "bot-source-identity-2": { user },
    });
    expect(sids).toEqual([
      "Bot",
      "BotSourceIdentity",
      "BotSourceIdentity3",
      "BotSourceIdentity4",
      "BotSourceIdentity2",
      "BotSourceIdentity22",
    ]);
  });
});
