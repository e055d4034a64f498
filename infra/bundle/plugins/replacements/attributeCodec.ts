/** Stands for the codec that the SDK's protocol needs for DynamoDB; `jsonShapes.ts` knows attribute values. */
export class DynamoDBJsonCodec2 {}
