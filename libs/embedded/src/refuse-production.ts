/** The embedded stack is for a first look and for tests: a production process must name its real services. */
export function refuseProduction(part: string): void {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(`The embedded ${part} refuses to start with NODE_ENV=production: point the service at a real one.`);
  }
}
