import { Module } from '@nestjs/common';
import { DeleteArtifactsHandler } from './delete-artifacts/delete-artifacts.handler.ts';
import { DiscardArtifactsHandler } from './discard-artifacts/discard-artifacts.handler.ts';
import { SweepDiscards } from './discard-artifacts/sweep-discards.ts';
import { LookForArtifactHandler } from './look-for-artifact/look-for-artifact.handler.ts';
import { ObjectStore } from './object-store.ts';
import { RemoveArtifacts } from './remove-artifacts.ts';
import { SignArtifactUrlHandler } from './sign-artifact-url/sign-artifact-url.handler.ts';
import { StoreArtifactHandler } from './store-artifact/store-artifact.handler.ts';
import { Uploader } from './store-artifact/uploader.ts';

/** Artifacts in the object store: put, sign, remove. */
@Module({
  providers: [
    ObjectStore,
    Uploader,
    RemoveArtifacts,
    SweepDiscards,
    StoreArtifactHandler,
    DeleteArtifactsHandler,
    DiscardArtifactsHandler,
    LookForArtifactHandler,
    SignArtifactUrlHandler,
  ],
})
export class StorageModule {}
