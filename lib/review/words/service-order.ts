import { LEVELS } from "../../access/permissions/actions-by-service";
import type { ActionsOfService } from "../../access/permissions/actions-by-service";
import { byTextOf } from "../../values/order";

/** Services that hold identities, keys, data or code in most accounts, those that matter most first. */
const KNOWN = [
  "*",
  "iam",
  "sts",
  "organizations",
  "sso",
  "kms",
  "secretsmanager",
  "ssm",
  "s3",
  "dynamodb",
  "rds",
  "ec2",
  "lambda",
  "ecs",
  "eks",
  "cloudformation",
  "logs",
  "cloudtrail",
];

/** Services with the most far-reaching access first; of equal ones those that matter most, then by name. */
export function importantFirst(services: readonly ActionsOfService[]): readonly ActionsOfService[] {
  return services
    .map((service) => ({ service, key: keyOf(service) }))
    .sort(byTextOf(({ key }) => key))
    .map(({ service }) => service);
}

function keyOf({ service, levels }: ActionsOfService): string {
  const level = LEVELS.findIndex((each) => levels.includes(each));
  const known = KNOWN.indexOf(service);
  const rank = known < 0 ? KNOWN.length : known;
  return `${level < 0 ? LEVELS.length : level} ${String(rank).padStart(2, "0")} ${service}`;
}
