import { Module } from '@nestjs/common';
import { ConfirmArtifactHandler } from './confirm-artifact/confirm-artifact.handler.ts';
import { DeleteArtifactsHandler } from './delete-artifacts/delete-artifacts.handler.ts';
import { DeleteImagesHandler } from './delete-images/delete-images.handler.ts';
import { SweepImages } from './delete-images/sweep-images.ts';
import { DiscardArtifactsHandler } from './discard-artifacts/discard-artifacts.handler.ts';
import { SweepDiscards } from './discard-artifacts/sweep-discards.ts';
import { FindImagesHandler } from './find-images/find-images.handler.ts';
import { LookForArtifactHandler } from './look-for-artifact/look-for-artifact.handler.ts';
import { ObjectStore } from './object-store.ts';
import { ReadImageHandler } from './read-image/read-image.handler.ts';
import { RemoveArtifacts } from './remove-artifacts.ts';
import { ReserveArtifactHandler } from './reserve-artifact/reserve-artifact.handler.ts';
import { SignArtifactUrlHandler } from './sign-artifact-url/sign-artifact-url.handler.ts';
import { StoreArtifactHandler } from './store-artifact/store-artifact.handler.ts';
import { PngCleaner } from './store-image/png-cleaner.ts';
import { StoreImageHandler } from './store-image/store-image.handler.ts';
import { Uploader } from './store-artifact/uploader.ts';

/** Artifacts and images in the object store: put, sign, read, remove. */
@Module({
  providers: [
    ObjectStore,
    Uploader,
    RemoveArtifacts,
    SweepDiscards,
    ReserveArtifactHandler,
    StoreArtifactHandler,
    ConfirmArtifactHandler,
    DeleteArtifactsHandler,
    DiscardArtifactsHandler,
    LookForArtifactHandler,
    SignArtifactUrlHandler,
    PngCleaner,
    StoreImageHandler,
    FindImagesHandler,
    ReadImageHandler,
    DeleteImagesHandler,
    SweepImages,
  ],
})
export class StorageModule {}
