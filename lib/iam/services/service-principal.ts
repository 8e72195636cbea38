import type { Partition } from "../partition";

/**
 * The service principal of an AWS service in a partition; a name in full is taken as it is. A table per
 * service, not a rule of DNS suffixes: most services keep `.amazonaws.com` everywhere, EC2 in China does
 * not (rules EC-01, EC-02).
 *
 * @param service short, such as `lambda` or `pods.eks`, or in full, such as `lambda.amazonaws.com`
 */
export function servicePrincipal(service: string, partition: Partition): string {
  const name = isFullServiceName(service) ? service : `${service}.amazonaws.com`;
  return partition === "aws-cn" ? (CHINA[name] ?? name) : name;
}

/** The name of a service without the domain of its partition: `lambda` for `lambda.amazonaws.com`. */
export function shortServiceName(service: string): string {
  return service.replace(DOMAIN, "");
}

/** Whether a name has the domain of a partition at its end. */
export function isFullServiceName(service: string): boolean {
  return DOMAIN.test(service);
}

/** Domains that names of services end with, in one of the partitions. */
const DOMAIN =
  /\.(?:amazonaws\.com(?:\.cn)?|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|amazonaws\.eu)$/;

const CHINA: Readonly<Record<string, string>> = {
  "ec2.amazonaws.com": "ec2.amazonaws.com.cn",
};
