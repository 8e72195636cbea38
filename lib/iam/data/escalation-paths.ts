/** The parts of the reference that name ways to gain permissions. */
export type EscalationSection = "N1" | "N2" | "N3" | "N4";

/** A way to gain permissions, or a session, that were not given. */
export interface EscalationPath {
  readonly section: EscalationSection;
  /** One action of each group is needed, all of them on things that the role was not given by name. */
  readonly needs: readonly (readonly string[])[];
  /** Services that the role can be passed to: a condition on `iam:PassedToService` must admit one. @default - none is passed */
  readonly passedTo?: readonly string[];
  /**
   * All actions act on one thing, which they create: a name that a pattern of the policy covers is enough, as
   * what is created can have it. @default false
   */
  readonly creates?: boolean;
}

/**
 * Ways to gain permissions, as DataDog's pathfinding.cloud, RhinoSecurityLabs'
 * AWS-IAM-Privilege-Escalation, Salesforce's cloudsplaining and Duo's parliament list them (rules N1 to N4).
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  // N1: an action that does it alone.
  single("iam:CreatePolicyVersion"),
  single("iam:SetDefaultPolicyVersion"),
  single("iam:CreateAccessKey"),
  single("iam:CreateLoginProfile"),
  single("iam:UpdateLoginProfile"),
  single("iam:AttachUserPolicy"),
  single("iam:AttachGroupPolicy"),
  single("iam:AttachRolePolicy"),
  single("iam:PutUserPolicy"),
  single("iam:PutGroupPolicy"),
  single("iam:PutRolePolicy"),
  single("iam:AddUserToGroup"),
  single("iam:UpdateAssumeRolePolicy"),
  single("lambda:UpdateFunctionCode"),
  single("lambda:UpdateFunctionConfiguration"),
  single("glue:UpdateDevEndpoint"),
  single("sagemaker:CreatePresignedNotebookInstanceUrl"),
  single("codestar:CreateProjectFromTemplate"),
  single("sts:AssumeRole"),
  single("sso:AttachManagedPolicyToPermissionSet"),
  single("sso:PutInlinePolicyToPermissionSet"),
  single("sso:CreateAccountAssignment"),
  // A new role trusts its maker and gets any policy; a role's own ARN in the trust is permission enough.
  creating(["iam:CreateRole"], ["iam:AttachRolePolicy", "iam:PutRolePolicy"]),
  creating(
    ["iam:CreateUser"],
    ["iam:AttachUserPolicy", "iam:PutUserPolicy"],
    ["iam:CreateAccessKey", "iam:CreateLoginProfile"],
  ),

  // N2: a role is passed to something that runs what the caller says.
  passing("ec2", ["ec2:RunInstances"]),
  passing("ec2", ["ec2:RequestSpotInstances"]),
  passing(
    "lambda",
    ["lambda:CreateFunction"],
    ["lambda:InvokeFunction", "lambda:AddPermission", "lambda:CreateEventSourceMapping"],
  ),
  passing("glue", ["glue:CreateDevEndpoint"]),
  passing("glue", ["glue:CreateJob", "glue:UpdateJob"], ["glue:StartJobRun", "glue:CreateTrigger"]),
  passing("cloudformation", ["cloudformation:CreateStack"]),
  passing(
    "cloudformation",
    ["cloudformation:CreateStackSet"],
    ["cloudformation:CreateStackInstances"],
  ),
  passing("cloudformation", ["cloudformation:UpdateStackSet"]),
  // Its definition follows with another call, whose resource is a pipeline that the caller then owns.
  passing("datapipeline", ["datapipeline:CreatePipeline"]),
  passing(
    "codebuild",
    ["codebuild:CreateProject"],
    ["codebuild:StartBuild", "codebuild:StartBuildBatch"],
  ),
  // A task definition that exists will do: whoever runs it says which role it gets.
  passing("ecs-tasks", ["ecs:RunTask", "ecs:StartTask"]),
  passing("ecs-tasks", ["ecs:RegisterTaskDefinition"], ["ecs:CreateService"]),
  passing("tasks.apprunner", ["apprunner:CreateService"]),
  passing("sagemaker", ["sagemaker:CreateNotebookInstance"]),
  passing("sagemaker", ["sagemaker:CreateTrainingJob"]),
  passing("sagemaker", ["sagemaker:CreateProcessingJob"]),
  passing(
    "bedrock-agentcore",
    ["bedrock-agentcore:CreateCodeInterpreter"],
    ["bedrock-agentcore:StartCodeInterpreterSession"],
    ["bedrock-agentcore:InvokeCodeInterpreter"],
  ),
  passing(
    "bedrock-agentcore",
    ["bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:CreateHarness"],
    ["bedrock-agentcore:InvokeAgentRuntimeCommand"],
  ),
  passing(
    "bedrock-agentcore",
    ["bedrock-agentcore:CreateBrowser"],
    ["bedrock-agentcore:StartBrowserSession"],
    ["bedrock-agentcore:ConnectBrowserAutomationStream"],
  ),
  passing("codestar", ["codestar:CreateProject"]),
  passing("ec2", ["ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation"]),
  passing(
    "ec2",
    ["autoscaling:CreateLaunchConfiguration"],
    ["autoscaling:CreateAutoScalingGroup", "autoscaling:UpdateAutoScalingGroup"],
  ),
  passing(["batch", "ecs-tasks"], ["batch:RegisterJobDefinition"], ["batch:SubmitJob"]),
  passing("braket", ["braket:CreateJob"]),
  passing("cognito-identity", ["cognito-identity:SetIdentityPoolRoles"]),
  passing(["elasticmapreduce", "ec2"], ["elasticmapreduce:RunJobFlow"]),
  passing("emr-serverless", ["emr-serverless:CreateApplication"], ["emr-serverless:StartJobRun"]),
  passing("gamelift", ["gamelift:CreateBuild"], ["gamelift:CreateFleet"]),
  passing("glue", ["glue:CreateSession"], ["glue:RunStatement"]),
  passing(
    "ec2",
    ["imagebuilder:CreateComponent"],
    ["imagebuilder:CreateImageRecipe"],
    ["imagebuilder:CreateInfrastructureConfiguration"],
    ["imagebuilder:CreateImage"],
  ),
  passing(
    "kinesisanalytics",
    ["kinesisanalytics:CreateApplication"],
    ["kinesisanalytics:StartApplication"],
  ),
  passing("omics", ["omics:CreateWorkflow"], ["omics:StartRun"]),
  passing("scheduler", ["scheduler:CreateSchedule"]),
  passing("ssm", ["ssm:CreateDocument"], ["ssm:StartAutomationExecution"]),
  passing("states", ["states:CreateStateMachine"], ["states:StartExecution"]),

  // N3: something that runs already, with a role of its own.
  existing(["cloudformation:CreateChangeSet"], ["cloudformation:ExecuteChangeSet"]),
  existing(["ec2:ModifyInstanceAttribute"], ["ec2:StopInstances"], ["ec2:StartInstances"]),
  existing(["ec2:CreateLaunchTemplateVersion"], ["ec2:ModifyLaunchTemplate"]),
  existing(["ec2-instance-connect:SendSSHPublicKey"]),
  existing(["ssm:SendCommand"]),
  existing(["ssm:StartSession"]),
  existing(["ecs:ExecuteCommand"]),
  existing(["cloudformation:UpdateStack"]),
  existing(["apprunner:UpdateService"]),
  // A build can be started with commands of the caller's.
  existing(["codebuild:StartBuild", "codebuild:StartBuildBatch"]),
  existing(["batch:SubmitJob"]),
  existing(["codedeploy:RegisterApplicationRevision"], ["codedeploy:CreateDeployment"]),
  existing(["states:UpdateStateMachine"], ["states:StartExecution"]),
  existing(
    ["sagemaker:CreateNotebookInstanceLifecycleConfig"],
    ["sagemaker:StopNotebookInstance"],
    ["sagemaker:UpdateNotebookInstance"],
    ["sagemaker:StartNotebookInstance"],
  ),
  existing(
    ["sagemaker:UpdateNotebookInstanceLifecycleConfig"],
    ["sagemaker:StopNotebookInstance"],
    ["sagemaker:StartNotebookInstance"],
  ),
  existing(
    ["bedrock-agentcore:StartCodeInterpreterSession"],
    ["bedrock-agentcore:InvokeCodeInterpreter"],
  ),
  existing(["bedrock-agentcore:InvokeAgentRuntimeCommand"]),
  existing(
    ["bedrock-agentcore:StartBrowserSession"],
    ["bedrock-agentcore:ConnectBrowserAutomationStream"],
  ),

  // N4: what bounds a role, or says who may come in, is changed.
  tampering("iam:DeleteRolePermissionsBoundary"),
  tampering("iam:PutRolePermissionsBoundary"),
  tampering("iam:DeleteUserPermissionsBoundary"),
  tampering("iam:PutUserPermissionsBoundary"),
  tampering("iam:CreateOpenIDConnectProvider"),
  tampering("iam:UpdateOpenIDConnectProviderThumbprint"),
  tampering("iam:AddClientIDToOpenIDConnectProvider"),
  tampering("iam:CreateSAMLProvider"),
  tampering("iam:UpdateSAMLProvider"),
  tampering("rolesanywhere:CreateTrustAnchor"),
];

/**
 * What each action of the paths acts on, as the resource part of an ARN with `NAME` for a thing that no
 * policy names (AWS service authorization reference). A service in front of `|` is that of the ARN
 * where it is not the action's own.
 */
export const ESCALATION_TARGETS: Readonly<Record<string, string>> = {
  "iam:CreatePolicyVersion": "policy/NAME",
  "iam:SetDefaultPolicyVersion": "policy/NAME",
  "iam:CreateAccessKey": "user/NAME",
  "iam:CreateLoginProfile": "user/NAME",
  "iam:UpdateLoginProfile": "user/NAME",
  "iam:AttachUserPolicy": "user/NAME",
  "iam:PutUserPolicy": "user/NAME",
  "iam:DeleteUserPermissionsBoundary": "user/NAME",
  "iam:PutUserPermissionsBoundary": "user/NAME",
  "iam:AttachGroupPolicy": "group/NAME",
  "iam:PutGroupPolicy": "group/NAME",
  "iam:AddUserToGroup": "group/NAME",
  "iam:AttachRolePolicy": "role/NAME",
  "iam:PutRolePolicy": "role/NAME",
  "iam:UpdateAssumeRolePolicy": "role/NAME",
  "iam:PassRole": "role/NAME",
  "iam:DeleteRolePermissionsBoundary": "role/NAME",
  "iam:PutRolePermissionsBoundary": "role/NAME",
  "sts:AssumeRole": "iam|role/NAME",
  "iam:CreateOpenIDConnectProvider": "oidc-provider/NAME",
  "iam:UpdateOpenIDConnectProviderThumbprint": "oidc-provider/NAME",
  "iam:AddClientIDToOpenIDConnectProvider": "oidc-provider/NAME",
  "iam:CreateSAMLProvider": "saml-provider/NAME",
  "iam:UpdateSAMLProvider": "saml-provider/NAME",
  "rolesanywhere:CreateTrustAnchor": "trust-anchor/NAME",
  "lambda:UpdateFunctionCode": "function:NAME",
  "lambda:UpdateFunctionConfiguration": "function:NAME",
  "lambda:CreateFunction": "function:NAME",
  "lambda:InvokeFunction": "function:NAME",
  "lambda:AddPermission": "function:NAME",
  "lambda:CreateEventSourceMapping": "event-source-mapping:NAME",
  "glue:UpdateDevEndpoint": "devEndpoint/NAME",
  "glue:CreateDevEndpoint": "devEndpoint/NAME",
  "glue:CreateJob": "job/NAME",
  "glue:UpdateJob": "job/NAME",
  "glue:StartJobRun": "job/NAME",
  "glue:CreateTrigger": "trigger/NAME",
  "sagemaker:CreatePresignedNotebookInstanceUrl": "notebook-instance/NAME",
  "sagemaker:CreateNotebookInstance": "notebook-instance/NAME",
  "sagemaker:CreateTrainingJob": "training-job/NAME",
  "sagemaker:CreateProcessingJob": "processing-job/NAME",
  "codestar:CreateProject": "project/NAME",
  "codestar:CreateProjectFromTemplate": "project/NAME",
  "ec2:RunInstances": "instance/NAME",
  "ec2:RequestSpotInstances": "spot-instances-request/NAME",
  "ec2:ModifyInstanceAttribute": "instance/NAME",
  "ec2:StopInstances": "instance/NAME",
  "ec2:StartInstances": "instance/NAME",
  "ec2:CreateLaunchTemplateVersion": "launch-template/NAME",
  "ec2:ModifyLaunchTemplate": "launch-template/NAME",
  "ec2-instance-connect:SendSSHPublicKey": "ec2|instance/NAME",
  "ssm:SendCommand": "ec2|instance/NAME",
  "ssm:StartSession": "ec2|instance/NAME",
  "cloudformation:CreateStack": "stack/NAME/NAME",
  "cloudformation:CreateChangeSet": "stack/NAME/NAME",
  "cloudformation:ExecuteChangeSet": "stack/NAME/NAME",
  "cloudformation:CreateStackSet": "stackset/NAME:NAME",
  "cloudformation:CreateStackInstances": "stackset/NAME:NAME",
  "cloudformation:UpdateStackSet": "stackset/NAME:NAME",
  "datapipeline:CreatePipeline": "pipeline/NAME",
  "codebuild:CreateProject": "project/NAME",
  "codebuild:StartBuild": "project/NAME",
  "codebuild:StartBuildBatch": "project/NAME",
  "ecs:RegisterTaskDefinition": "task-definition/NAME:1",
  "ecs:RunTask": "task-definition/NAME:1",
  "ecs:StartTask": "task-definition/NAME:1",
  "ecs:CreateService": "service/NAME/NAME",
  "ecs:ExecuteCommand": "task/NAME/NAME",
  "apprunner:CreateService": "service/NAME/NAME",
  "apprunner:UpdateService": "service/NAME/NAME",
  "iam:CreateRole": "role/NAME",
  "iam:CreateUser": "user/NAME",
  "sso:AttachManagedPolicyToPermissionSet": "permissionSet/NAME/NAME",
  "sso:PutInlinePolicyToPermissionSet": "permissionSet/NAME/NAME",
  "sso:CreateAccountAssignment": "permissionSet/NAME/NAME",
  "autoscaling:CreateLaunchConfiguration": "launchConfiguration:NAME:launchConfigurationName/NAME",
  "autoscaling:CreateAutoScalingGroup": "autoScalingGroup:NAME:autoScalingGroupName/NAME",
  "autoscaling:UpdateAutoScalingGroup": "autoScalingGroup:NAME:autoScalingGroupName/NAME",
  "ec2:AssociateIamInstanceProfile": "instance/NAME",
  "ec2:ReplaceIamInstanceProfileAssociation": "instance/NAME",
  "batch:RegisterJobDefinition": "job-definition/NAME",
  "batch:SubmitJob": "job-definition/NAME:1",
  "braket:CreateJob": "job/NAME",
  "cognito-identity:SetIdentityPoolRoles": "identitypool/NAME",
  "elasticmapreduce:RunJobFlow": "cluster/NAME",
  "emr-serverless:CreateApplication": "/applications/NAME",
  "emr-serverless:StartJobRun": "/applications/NAME",
  "gamelift:CreateBuild": "build/NAME",
  "gamelift:CreateFleet": "build/NAME",
  "glue:CreateSession": "session/NAME",
  "glue:RunStatement": "session/NAME",
  "imagebuilder:CreateComponent": "component/NAME/1.0.0/1",
  "imagebuilder:CreateImageRecipe": "image-recipe/NAME/1.0.0",
  "imagebuilder:CreateInfrastructureConfiguration": "infrastructure-configuration/NAME",
  "imagebuilder:CreateImage": "image/NAME/1.0.0/1",
  "kinesisanalytics:CreateApplication": "application/NAME",
  "kinesisanalytics:StartApplication": "application/NAME",
  "omics:CreateWorkflow": "workflow/NAME",
  "omics:StartRun": "workflow/NAME",
  "scheduler:CreateSchedule": "schedule/NAME/NAME",
  "ssm:CreateDocument": "document/NAME",
  "ssm:StartAutomationExecution": "automation-definition/NAME:1",
  "states:CreateStateMachine": "stateMachine:NAME",
  "states:UpdateStateMachine": "stateMachine:NAME",
  "states:StartExecution": "stateMachine:NAME",
  "cloudformation:UpdateStack": "stack/NAME/NAME",
  "codedeploy:RegisterApplicationRevision": "application:NAME",
  "codedeploy:CreateDeployment": "deploymentgroup:NAME/NAME",
  "sagemaker:CreateNotebookInstanceLifecycleConfig": "notebook-instance-lifecycle-config/NAME",
  "sagemaker:UpdateNotebookInstanceLifecycleConfig": "notebook-instance-lifecycle-config/NAME",
  "sagemaker:StopNotebookInstance": "notebook-instance/NAME",
  "sagemaker:UpdateNotebookInstance": "notebook-instance/NAME",
  "sagemaker:StartNotebookInstance": "notebook-instance/NAME",
  "bedrock-agentcore:CreateAgentRuntime": "runtime/NAME",
  "bedrock-agentcore:CreateHarness": "harness/NAME",
  "bedrock-agentcore:InvokeAgentRuntimeCommand": "runtime/NAME",
  "bedrock-agentcore:CreateBrowser": "browser-custom/NAME",
  "bedrock-agentcore:StartBrowserSession": "browser-custom/NAME",
  "bedrock-agentcore:ConnectBrowserAutomationStream": "browser-custom/NAME",
  "bedrock-agentcore:CreateCodeInterpreter": "code-interpreter/NAME",
  "bedrock-agentcore:StartCodeInterpreterSession": "code-interpreter/NAME",
  "bedrock-agentcore:InvokeCodeInterpreter": "code-interpreter/NAME",
};

function single(action: string): EscalationPath {
  return { section: "N1", needs: [[action]] };
}

function creating(...needs: string[][]): EscalationPath {
  return { section: "N1", needs, creates: true };
}

function passing(services: string | string[], ...needs: string[][]): EscalationPath {
  return { section: "N2", needs: [["iam:PassRole"], ...needs], passedTo: [services].flat() };
}

function existing(...needs: string[][]): EscalationPath {
  return { section: "N3", needs };
}

function tampering(action: string): EscalationPath {
  return { section: "N4", needs: [[action]] };
}
