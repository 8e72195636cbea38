import { failed } from "./stand-in";
import type { StandIn } from "./stand-in";

/** aws-actions/configure-aws-credentials with the token of the job: its session is the environment of later steps. */
export const configureAwsCredentials: StandIn = async (inputs, job) => {
  const RoleArn = inputs.required("role-to-assume");
  const region = inputs.required("aws-region");
  const RoleSessionName = inputs.required("role-session-name");
  const { server, machine, oidcSecret } = job.settings;
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region))
    return failed(job, `Region is not valid: ${region}`);
  if (oidcSecret === undefined) {
    return failed(
      job,
      "Credentials could not be loaded: It looks like you might be trying to authenticate with OIDC. " +
        "Did you mean to set the `id-token` permission?",
    );
  }
  const asked = await fetch(`${server.url}/oidc?audience=sts.amazonaws.com`, {
    headers: { authorization: `bearer ${oidcSecret}` },
  });
  const { value } = (await asked.json()) as { readonly value: string };
  const body = new URLSearchParams({
    ...{ Action: "AssumeRoleWithWebIdentity", Version: "2011-06-15", RoleArn, RoleSessionName },
    ...{ WebIdentityToken: value, DurationSeconds: "3600" },
  });
  const answer = await fetch(machine.env.AWS_ENDPOINT_URL ?? "", { method: "POST", body });
  const text = await answer.text();
  if (!answer.ok) return failed(job, `Could not assume role with OIDC: ${text}`);
  const part = (name: string): string =>
    new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(text)?.[1] ?? "";
  Object.assign(job.env, {
    AWS_ACCESS_KEY_ID: part("AccessKeyId"),
    AWS_SECRET_ACCESS_KEY: part("SecretAccessKey"),
    AWS_SESSION_TOKEN: part("SessionToken"),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  });
  return { isSuccess: true, outputs: {} };
};
