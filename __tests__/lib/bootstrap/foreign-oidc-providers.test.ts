import { foreignOidcProviders } from "../../../lib/bootstrap/foreign-oidc-providers";
import { planMap } from "../../support/plans/planned-map";

test("nobody has to make a provider that is built into AWS (OI-02)", () => {
  const { plan } = planMap({
    accounts: { tools: { id: "111111111111" } },
    identityProviders: {
      google: { oidc: { url: "https://accounts.google.com", audiences: ["example"] } },
      gitlab: { oidc: { url: "https://gitlab.com" } },
    },
    hubs: {
      automation: {
        account: "tools",
        principals: {
          cloud: { oidc: { provider: "google", subject: "1001" } },
          builds: { oidc: { provider: "gitlab", subject: "project_path:example/app:*" } },
        },
      },
    },
  });
  const [account] = plan.accounts;
  if (account === undefined) throw new Error("there is no account");
  expect(foreignOidcProviders(account, plan).map(({ key }) => key)).toEqual(["gitlab"]);
});
