import type { Partition } from "./partition";

/**
 * The service principal of an AWS service in a partition. A table per service, not a rule of DNS
 * suffixes: most services keep `.amazonaws.com` everywhere, EC2 in China does not (rules EC-01, EC-02).
 */
export function servicePrincipal(service: string, partition: Partition): string {
  const name = service.includes(".") ? service : `${service}.amazonaws.com`;
  return partition === "aws-cn" ? (CHINA[name] ?? name) : name;
}

const CHINA: Readonly<Record<string, string>> = {
  "ec2.amazonaws.com": "ec2.amazonaws.com.cn",
};
