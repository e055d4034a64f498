/** Stands for the SDK's question to EC2 about the region; a Lambda has `AWS_REGION`. */
export const getInstanceMetadataRegion = async (): Promise<undefined> => undefined
