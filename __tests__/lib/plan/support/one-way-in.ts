import type { Statement } from "../../../../lib/iam/policy-document";
import { planMap } from "./planned-map";

/** A way in as the map writes it. */
export type WayInEntry = Readonly<Record<string, unknown>>;

/** Conditions as the map writes them, all kinds of them. */
export const ALL_CONDITIONS = {
  mfa: { maxAge: "1h" },
  sourceIps: ["203.0.113.0/24", "198.51.100.7"],
  vpcEndpoints: ["vpce-0123456789abcdef0"],
  notBefore: "2027-01-01T00:00:00Z",
  notAfter: "2027-02-01T00:00:00Z",
  sourceIdentity: { values: ["*@example.com"] },
  sessionTags: { team: { values: ["shop", "data-*"] }, ticket: {} },
  externalId: ["current-id", "previous-id"],
} as const;

/** The trust statements of a role in an account of an organization that is entered in one way, called `caller`. */
export function trustOfWayIn(wayIn: WayInEntry): readonly Statement[] {
  return planMap(oneWayIn(wayIn)).trust("app", "spoke-target");
}

/** A map of one role, `target` in `app`, with one way in, called `caller`. JSON is YAML. */
export function oneWayIn(wayIn: WayInEntry): string {
  return JSON.stringify({
    version: 1,
    organizations: {
      main: {
        id: "o-exampleorg1",
        root: "r-ex01",
        units: { "/Workloads": "ou-ex01-workload", "/Workloads/Prod": "ou-ex01-wlprod01" },
      },
      other: { id: "o-exampleorg2" },
    },
    defaults: { organization: "main" },
    identityProviders: {
      gitlab: { oidc: { url: "https://gitlab.com", audiences: ["https://gitlab.com"] } },
      terraform: {
        oidc: { url: "https://app.terraform.io", audiences: ["aws.workload.identity"] },
      },
      google: { oidc: { url: "https://accounts.google.com", audiences: ["example"] } },
      cognito: { oidc: { url: "https://cognito-identity.amazonaws.com" } },
      facebook: { oidc: { url: "https://graph.facebook.com" } },
      amazon: { oidc: { url: "https://www.amazon.com" } },
      corporate: { saml: { name: "CorporateLogin" } },
    },
    accounts: {
      app: { id: "111111111111" },
      people: { id: "222222222222" },
      merged: { id: "333333333333", organization: "other" },
      alone: { id: "444444444444", organization: "none" },
    },
    spokes: { target: { accounts: { keys: ["app"] }, principals: { caller: wayIn } } },
  });
}
