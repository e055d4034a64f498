export interface Project {
  readonly id: string
  readonly workspaceId: string
  /** Begins the human ids of its tasks; never changes. */
  readonly key: string
  readonly name: string
  readonly description: string
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly version: number
}
