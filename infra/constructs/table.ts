import { RemovalPolicy } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import { Construct } from 'constructs'
import type { TableUse } from '../../shared/api/declaration.ts'
import { environmentNames } from '../../shared/api/environment.ts'
import { tableDefinition } from '../../shared/data/table.ts'
import type { Stage } from '../stages.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

const key = (name: string) => ({ name, type: AttributeType.STRING })

/** The one table, made from the definition that the local runtime uses as well. */
export class WorkTable extends Construct {
  readonly table: TableV2

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id)
    const keep = stage.data === 'keep'
    this.table = new TableV2(this, 'Table', {
      partitionKey: key(tableDefinition.pk),
      sortKey: key(tableDefinition.sk),
      timeToLiveAttribute: tableDefinition.ttl,
      dynamoStream: StreamViewType[tableDefinition.stream],
      globalSecondaryIndexes: Object.entries(tableDefinition.indexes).map(secondaryIndex),
      billing: Billing.onDemand(),
      // Encrypted with DynamoDB's own key: the others bill each function's use of the key.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: keep,
      removalPolicy: keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
  }

  get streamArn(): string {
    if (!this.table.tableStreamArn) throw new Error('the table has no stream')
    return this.table.tableStreamArn
  }

  /** Lets the function do what it declares, index by index, and tells it the table's name. */
  grantUses(fn: LambdaFunction, uses: readonly TableUse[]): void {
    for (const [resource, actions] of Object.entries(
      Object.groupBy(uses.flatMap(permissions), (p) => p.on),
    )) {
      if (actions) fn.allow([...new Set(actions.map((p) => p.action))], [this.table.tableArn + resource])
    }
    fn.tell({ [environmentNames.table]: this.table.tableName })
  }

  /** Lets Lambda read the stream in the function's name. */
  grantStream(fn: LambdaFunction): void {
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']
    fn.allow(actions.map(dynamodb), [this.streamArn])
  }
}

const dynamodb = (operation: string) => `dynamodb:${operation}`

/** A transaction has no permission of its own: each of its parts needs the one of its kind. */
const transactionParts = ['ConditionCheckItem', 'PutItem', 'UpdateItem', 'DeleteItem']

function permissions(use: TableUse): { action: string; on: string }[] {
  if (use === 'TransactWriteItems')
    return transactionParts.map((part) => ({ action: dynamodb(part), on: '' }))
  const [operation = use, index] = use.split(':')
  return [{ action: dynamodb(operation), on: index ? `/index/${index}` : '' }]
}

type IndexEntry = [string, (typeof tableDefinition.indexes)[keyof typeof tableDefinition.indexes]]

function secondaryIndex([indexName, { pk, sk, projection }]: IndexEntry): GlobalSecondaryIndexPropsV2 {
  const keys = { indexName, partitionKey: key(pk), sortKey: key(sk) }
  if (typeof projection === 'string') return { ...keys, projectionType: ProjectionType[projection] }
  return { ...keys, projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projection] }
}
