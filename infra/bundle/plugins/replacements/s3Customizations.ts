/** Stands for the endpoint rules of S3 buckets, which the SDK carries in every client and uses in that of S3. */
export const resolveParamsForS3 = async <T>(params: T): Promise<T> => params
