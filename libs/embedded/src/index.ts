export { findRunningService, holdDataFolder, type DataFolder } from './hold-data-folder.ts';
export { embeddedPostgresUrls } from './embedded-postgres-urls.ts';
export { freePort } from './free-port.ts';
export { readServiceRecord, removeServiceRecord, writeServiceRecord, type ServiceRecord } from './service-record.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './start-embedded-postgres.ts';
export { startEmbeddedObjectStore, type EmbeddedObjectStore } from './start-embedded-object-store.ts';
