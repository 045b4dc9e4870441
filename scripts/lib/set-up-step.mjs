/** Says what is being done and how long it took; on failure shows all of it and ends. */
export async function setUpStep(name, work) {
  process.stdout.write(`Set-up: ${name} … `);
  const start = performance.now();
  const { status, output } = await work();
  if (status !== 0) {
    process.stdout.write(`failed\n\n${output}\n`);
    process.exit(1);
  }
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
