export async function benchCheck(): Promise<void> {}
