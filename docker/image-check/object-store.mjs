// Starts the embedded object store in a folder, prints its settings, and serves until it is told to end.
import { pathToFileURL } from 'node:url';

const [dist, dataDir] = process.argv.slice(2);
const { startEmbeddedObjectStore } = await import(pathToFileURL(`${dist}/libs/embedded/src/index.js`).href);

const store = await startEmbeddedObjectStore({ dataDir, bucket: 'airt-reports' });
console.log(`S3_ENDPOINT=${store.endpoint}\nS3_ACCESS_KEY=${store.accessKey}\nS3_SECRET_KEY=${store.secretKey}`);
process.once('SIGTERM', () => void store.stop().then(() => process.exit(0)));
