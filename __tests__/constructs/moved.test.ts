import { synthesizeMap } from "../support/project";

function mapOf(
  hub: string,
  spoke: string,
  formerly: { hub?: string; spoke?: string } = {},
): string {
  return JSON.stringify({
    version: 1,
    accounts: { tools: { id: "111111111111" }, app: { id: "222222222222" } },
    hubs: {
      [hub]: {
        account: "tools",
        role: "automation-hub",
        principals: { bot: { user: { name: "bot" } } },
        ...(formerly.hub === undefined ? {} : { formerly: formerly.hub }),
      },
    },
    spokes: {
      [spoke]: {
        role: "deployer",
        hubs: [hub],
        accounts: { keys: ["app"] },
        principals: { web: { instanceProfile: {} } },
        permissions: { managed: ["ReadOnlyAccess"] },
        ...(formerly.spoke === undefined ? {} : { formerly: formerly.spoke }),
      },
    },
  });
}

describe("a renamed hub or spoke", () => {
  const before = synthesizeMap(mapOf("automation", "deployer"));
  const after = synthesizeMap(
    mapOf("pipelines", "releaser", { hub: "automation", spoke: "deployer" }),
  );

  test.each(["tools", "app"])(
    "moves every resource of the role in `%s` to its new address",
    (account) => {
      const moved = after.stack(account).moved ?? [];
      const role = /\.(?:hub|spoke)-/;
      const old = before.addresses(account).filter((address) => role.test(address));
      expect(moved.map(({ from }) => from).sort()).toEqual(old);
      expect(moved.map(({ to }) => to).sort()).toEqual(
        after.addresses(account).filter((address) => role.test(address)),
      );
      expect(old.length).toBeGreaterThan(3);
    },
  );

  test("keeps the parts of an address behind the key", () => {
    for (const { from, to } of [
      ...(after.stack("app").moved ?? []),
      ...(after.stack("tools").moved ?? []),
    ]) {
      expect(to).toBe(
        from.replace("hub-automation", "hub-pipelines").replace("spoke-deployer", "spoke-releaser"),
      );
    }
  });

  test("moves nothing where the key stayed", () => {
    expect([before.stack("app").moved, before.stack("tools").moved]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("keeps what its role is called", () => {
    expect(after.resource("app", "aws_iam_role", "spoke-releaser").name).toBe("deployer");
  });
});
