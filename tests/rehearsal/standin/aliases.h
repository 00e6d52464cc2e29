// The same memory under two names: tensors of the device, and the CPU's for its kernels.
#pragma once

#include <utility>
#include <vector>

#include <ATen/ATen.h>

#include "device.h"
#include "rules.h"

namespace standin {

template <class F>
IValue map_tensors(const IValue& value, F change) {
  if (value.isTensor()) return change(value.toTensor());
  if (value.isTensorList()) {
    auto list = value.toTensorVector();
    for (auto& tensor : list) tensor = change(tensor);
    return list;
  }
  if (value.isOptionalTensorList()) {
    auto list = value.toOptionalTensorList().vec();
    for (auto& tensor : list)
      if (tensor) tensor = change(*tensor);
    return c10::List<std::optional<at::Tensor>>(list);
  }
  return value;
}

// The aliases of one call: tensors that share a storage share its alias, so that
// views, in-place operators and `out=` see each other as they do on a device.
class Aliases {
 public:
  at::Tensor on_cpu(const at::Tensor& tensor) {
    if (!tensor.defined() || !tensor.is_cuda()) return tensor;
    for (const auto& [device, cpu] : tensors_)
      if (device.is_same(tensor)) return cpu;
    refuse_other_layouts(tensor);
    auto made = like(tensor, on_cpu(tensor.storage()), c10::DispatchKey::CPU);
    tensors_.emplace_back(tensor, made);
    return made;
  }

  c10::Storage on_cpu(const c10::Storage& storage) {
    for (const auto& [device, cpu] : storages_)
      if (device.unsafeGetStorageImpl() == storage.unsafeGetStorageImpl()) return cpu;
    c10::Storage made(
        c10::Storage::use_byte_size_t(), storage.nbytes(),
        c10::DataPtr(storage.mutable_data(), Device(c10::kCPU)),
        c10::GetCPUAllocator(), /*resizable=*/true);
    storages_.emplace_back(storage, made);
    return made;
  }

  at::Tensor on_device(const at::Tensor& tensor) {
    if (!tensor.defined() || !tensor.is_cpu()) return tensor;
    for (const auto& [device, cpu] : tensors_)
      if (cpu.is_same(tensor)) return device;
    refuse_other_layouts(tensor);
    return like(tensor, on_device(tensor.storage()), c10::DispatchKey::CUDA);
  }

  // What the kernel resized or reallocated, as `out=` does.
  void write_back() {
    for (const auto& [device, cpu] : storages_) {
      if (device.data() == cpu.data() && device.nbytes() == cpu.nbytes()) continue;
      auto fresh = memory.allocate(cpu.nbytes());
      if (cpu.nbytes()) std::memcpy(fresh.get(), cpu.data(), cpu.nbytes());
      device.unsafeGetStorageImpl()->set_data_ptr(std::move(fresh));
      device.unsafeGetStorageImpl()->set_nbytes(cpu.nbytes());
    }
    for (const auto& [device, cpu] : tensors_)
      if (device.sizes() != cpu.sizes() || device.strides() != cpu.strides() ||
          device.storage_offset() != cpu.storage_offset())
        device.unsafeGetTensorImpl()->set_sizes_and_strides(
            cpu.sizes(), cpu.strides(), cpu.storage_offset());
  }

 private:
  static void refuse_other_layouts(const at::Tensor& tensor) {
    TORCH_CHECK_NOT_IMPLEMENTED(
        tensor.layout() == c10::kStrided, "the stand-in knows no layout ",
        tensor.layout());
  }

  static at::Tensor like(
      const at::Tensor& tensor, c10::Storage storage, c10::DispatchKey key) {
    auto made = at::detail::make_tensor<c10::TensorImpl>(
        std::move(storage), c10::DispatchKeySet(key), tensor.dtype());
    auto* impl = made.unsafeGetTensorImpl();
    impl->set_sizes_and_strides(
        tensor.sizes(), tensor.strides(), tensor.storage_offset());
    if (tensor.unsafeGetTensorImpl()->is_wrapped_number()) impl->set_wrapped_number(true);
    if (tensor.is_conj()) made._set_conj(true);
    if (tensor.is_neg()) made._set_neg(true);
    return made;
  }

  c10::Storage on_device(const c10::Storage& storage) {
    for (const auto& [device, cpu] : storages_)
      if (cpu.unsafeGetStorageImpl() == storage.unsafeGetStorageImpl()) return device;
    void* data = storage.nbytes() ? storage.mutable_data() : nullptr;
    const auto release = [](void* kept) { delete static_cast<c10::Storage*>(kept); };
    c10::Storage made(
        c10::Storage::use_byte_size_t(), storage.nbytes(),
        c10::DataPtr(data, new c10::Storage(storage), release, kDevice), &memory,
        /*resizable=*/true);
    storages_.emplace_back(made, storage);
    return made;
  }

  // Each the one of the device first.
  std::vector<std::pair<c10::Storage, c10::Storage>> storages_;
  std::vector<std::pair<at::Tensor, at::Tensor>> tensors_;
};

}  // namespace standin
