from studio.sources.pipeline_files import is_pipeline, pipeline_files

SD_TURBO = (
    "README.md", "LICENSE.md", "model_index.json", "sd_turbo.safetensors",
    "scheduler/scheduler_config.json",
    "text_encoder/config.json",
    "text_encoder/model.safetensors", "text_encoder/model.fp16.safetensors",
    "tokenizer/merges.txt", "tokenizer/vocab.json", "tokenizer/tokenizer_config.json",
    "unet/config.json", "unet/diffusion_pytorch_model.bin",
    "unet/diffusion_pytorch_model.safetensors", "unet/diffusion_pytorch_model.fp16.safetensors",
    "vae/config.json", "vae/diffusion_pytorch_model.safetensors",
    "safety_checker/model.safetensors", "onnx/unet/model.safetensors", "unet/pipeline.py",
)  # fmt: skip


def test_a_pipeline_is_its_parts_in_half_precision() -> None:
    assert is_pipeline(SD_TURBO)
    assert not is_pipeline(("config.json", "model.safetensors"))
    assert set(pipeline_files(SD_TURBO)) == {
        "model_index.json",
        "scheduler/scheduler_config.json",
        "text_encoder/config.json",
        "text_encoder/model.fp16.safetensors",
        "tokenizer/merges.txt",
        "tokenizer/vocab.json",
        "tokenizer/tokenizer_config.json",
        "unet/config.json",
        "unet/diffusion_pytorch_model.fp16.safetensors",
        "vae/config.json",
        "vae/diffusion_pytorch_model.safetensors",
    }


def test_shards_and_their_index() -> None:
    names = (
        "model_index.json",
        "text_encoder/model-00001-of-00002.safetensors",
        "text_encoder/model-00002-of-00002.safetensors",
        "text_encoder/model.safetensors.index.json",
        "text_encoder/model.fp16-00001-of-00002.safetensors",
        "text_encoder/model.fp16-00002-of-00002.safetensors",
        "text_encoder/model.safetensors.index.fp16.json",
    )
    assert set(pipeline_files(names)) == {names[0], *names[4:]}
