import { Module } from '@nestjs/common';
import { DeleteArtifactsHandler } from './delete-artifacts/delete-artifacts.handler.ts';
import { ObjectStore } from './object-store.ts';
import { SignArtifactUrlHandler } from './sign-artifact-url/sign-artifact-url.handler.ts';
import { StoreArtifactHandler } from './store-artifact/store-artifact.handler.ts';
import { Uploader } from './store-artifact/uploader.ts';

/** Artifacts in the object store: put, sign, remove. */
@Module({ providers: [ObjectStore, Uploader, StoreArtifactHandler, DeleteArtifactsHandler, SignArtifactUrlHandler] })
export class StorageModule {}
