export { findRunningService, holdDataFolder } from './hold-data-folder.ts';
export { embeddedPostgresUrls } from './postgres-credentials.ts';
export { freePort } from './free-port.ts';
export { readServiceRecord, removeServiceRecord, writeServiceRecord, type ServiceRecord } from './service-record.ts';
export { startEmbeddedPostgres } from './start-embedded-postgres.ts';
export { startEmbeddedObjectStore } from './start-embedded-object-store.ts';
export { prepareDatabase } from './prepare-database.ts';
