import { policyDocument } from "../../../../lib/iam/policy-document";
import { planMap } from "../../../support/plans/planned-map";

test("PB-03: a boundary is AWS's own or one of the role's account, whatever form the map gives it", () => {
  const ceiling = policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]);
  const spoke = (permissionsBoundary: unknown): object => ({
    permissionsBoundary,
    accounts: { keys: ["shop", "data"] },
    principals: { bot: { user: { account: "shop", name: "bot" } } },
  });
  const { plan } = planMap(
    {
      accounts: { shop: { id: "111111111111" }, data: { id: "222222222222" } },
      spokes: {
        made: spoke("ceiling"),
        existing: spoke({ existing: "/team/limits" }),
        managed: spoke({ managed: "PowerUserAccess" }),
      },
    },
    { ceiling },
  );
  const boundaries = plan.accounts.flatMap(({ account, roles }) =>
    roles.map(({ name, permissionsBoundary }) => [account.id, name, permissionsBoundary?.arn]),
  );
  expect(boundaries).toEqual(
    ["222222222222", "111111111111"].flatMap((id) => [
      [id, "existing", `arn:aws:iam::${id}:policy/team/limits`],
      [id, "made", `arn:aws:iam::${id}:policy/ceiling`],
      [id, "managed", "arn:aws:iam::aws:policy/PowerUserAccess"],
    ]),
  );
});
