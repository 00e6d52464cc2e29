// What CUDA refuses and a CPU does not, from its documentation and its source.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include "device.h"

namespace standin {

using c10::IValue;
using Arguments = at::ArrayRef<IValue>;

// ------------------------------------------------------------------------ operators

// `aten::add.Tensor` is `add.Tensor` in native_functions.yaml.
inline std::string full_name(const c10::FunctionSchema& schema) {
  const auto name = schema.name().substr(schema.name().find("::") + 2);
  return schema.overload_name().empty() ? name : name + "." + schema.overload_name();
}

inline std::string base_name(const c10::FunctionSchema& schema) {
  return schema.name().substr(schema.name().find("::") + 2);
}

template <class F>
void each_tensor(const IValue& value, F visit) {
  if (value.isTensor()) {
    visit(value.toTensor());
  } else if (value.isTensorList()) {
    for (const auto& tensor : value.toTensorVector()) visit(tensor);
  } else if (value.isOptionalTensorList()) {
    for (const std::optional<at::Tensor>& tensor : value.toOptionalTensorList().vec())
      if (tensor) visit(*tensor);
  }
}

// --------------------------------------------------------------------------- events

// What a real device would have done and a test should hear of.
struct Events {
  void add(std::string what) {
    std::lock_guard<std::mutex> lock(mutex_);
    found_.push_back(std::move(what));
  }
  std::vector<std::string> take() {
    std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(found_, {});
  }

 private:
  std::mutex mutex_;  // autograd calls from a thread of its own
  std::vector<std::string> found_;
};

inline Events events;

// ----------------------------------------------------------------- asserts in kernels

// A kernel that meets a bad index cannot raise; it ends the device for this process.
inline std::atomic<bool> poisoned{false};

inline void refuse_if_poisoned() {
  if (poisoned)
    throw c10::AcceleratorError(
        {__func__, __FILE__, __LINE__}, 710, "CUDA error: device-side assert triggered");
}

inline bool asserts_in_kernel(const std::string& name) {
  static const std::set<std::string> names = {
      "_ctc_loss", "_embedding_bag", "_index_put_impl_", "_unsafe_index", "bernoulli",
      "bernoulli_", "binary_cross_entropy", "binary_cross_entropy_backward",
      "embedding", "embedding_bag", "embedding_dense_backward", "gather", "index",
      "index_add", "index_add_", "index_copy", "index_copy_", "index_fill",
      "index_fill_", "index_put", "index_put_", "index_select", "multi_margin_loss",
      "multilabel_margin_loss_forward", "multinomial", "nll_loss",
      "nll_loss2d_forward", "nll_loss_forward", "put", "put_", "scatter", "scatter_",
      "scatter_add", "scatter_add_", "scatter_reduce", "take"};
  return names.count(name) > 0;
}

// Whether a CPU complains of a value, which a CUDA kernel asserts, and not of a shape.
inline bool complains_of_a_value(const std::string& message) {
  for (auto part : {"out of bounds", "out of range", "between 0 and 1", "Class values"})
    if (message.find(part) != std::string::npos) return true;
  return false;
}

// Called with the CPU's complaint; returns if CUDA would complain in the same way.
inline void complain_as_cuda(
    const c10::FunctionSchema& schema, const std::string& message) {
  if (message.find("ZeroDivisionError") != std::string::npos)
    events.add("integer division by zero in " + base_name(schema) +
               ": no error on CUDA, but an arbitrary number");
  if (!complains_of_a_value(message) || !asserts_in_kernel(base_name(schema))) return;
  events.add("device-side assert in " + base_name(schema) + ": " + message);
  poisoned = true;
  refuse_if_poisoned();
}

// ---------------------------------------------------------------------------- cuBLAS

inline bool multiplies_matrices(const std::string& name) {
  static const std::set<std::string> names = {
      "addmm", "addmm_", "addmv", "addmv_", "baddbmm", "bmm", "dot", "mm", "mv", "vdot"};
  return names.count(name) > 0;
}

// cuBLAS multiplies no integers.
inline void refuse_integer_products(
    const c10::FunctionSchema& schema, Arguments arguments) {
  static const std::map<std::string, std::string> kernels = {
      {"addmm", "addmm_cuda"}, {"addmm_", "addmm_cuda"}, {"addmv", "addmv_impl_cuda"},
      {"baddbmm", "baddbmm_cuda"}, {"bmm", "baddbmm_cuda"}, {"dot", "dot"},
      {"mm", "addmm_cuda"}, {"mv", "addmv_impl_cuda"}, {"vdot", "vdot"}};
  const auto kernel = kernels.find(base_name(schema));
  if (kernel == kernels.end() || !arguments[0].isTensor()) return;
  const auto type = arguments[0].toTensor().scalar_type();
  TORCH_CHECK_NOT_IMPLEMENTED(
      !c10::isIntegralType(type, /*includeBool=*/true),
      '"', kernel->second, "\" not implemented for '", c10::toString(type), "'");
}

// The one driver of least squares that there is on CUDA, and its default.
inline std::string lstsq_driver(const IValue& asked) {
  TORCH_CHECK(
      asked.isNone() || asked.toStringRef() == "gels",
      "torch.linalg.lstsq: `driver` other than `gels` is not supported on CUDA");
  return "gels";
}

// cuBLAS takes matrices with a stride of 1; others are copied first, by a kernel.
inline bool is_copied_for_cublas(const at::Tensor& tensor) {
  if (tensor.dim() != 2) return false;
  const auto sizes = tensor.sizes();
  const auto strides = tensor.strides();
  const auto leads = [&](int unit, int other) {
    return strides[unit] == 1 && strides[other] >= std::max<int64_t>(1, sizes[unit]);
  };
  return !leads(0, 1) && !leads(1, 0);
}

inline const std::thread::id main_thread = std::this_thread::get_id();
inline std::atomic<int> contexts{0};  // counts up whenever all threads lose theirs

// PyTorch warns of a backward thread whose first kernel is one of cuBLAS: the thread
// has no CUDA context yet. Any other kernel binds one.
inline void note_missing_context(
    const c10::FunctionSchema& schema, Arguments arguments) {
  static const std::set<std::string> launches_nothing = {
      "_reshape_alias", "as_strided", "resize_", "set_", "unfold", "view",
      "view_as_real"};
  static thread_local int bound = -1;
  const auto name = base_name(schema);
  if (std::this_thread::get_id() == main_thread || bound == contexts ||
      launches_nothing.count(name))
    return;
  bound = contexts;
  bool copies = false;
  for (const auto& value : arguments)
    if (value.isTensor()) copies = copies || is_copied_for_cublas(value.toTensor());
  if (multiplies_matrices(name) && !copies)
    events.add("cuBLAS without a context: the first kernel of a backward thread is " +
               name);
}

// --------------------------------------------------------------------------- devices

// Operators for which native_functions.yaml asks for one device; told by Python.
inline std::set<std::string> checked;

inline bool takes_any_devices(const std::string& name) {
  static const std::set<std::string> names = {
      "_index_put_impl_", "_unsafe_index.Tensor", "_unsafe_index_put", "copy_",
      "index.Tensor", "index.Tensor_out", "index_put", "index_put_", "record_stream",
      "set_.source_Tensor"};
  return names.count(name) > 0;
}

inline void refuse_device_index_of_cpu_tensor(Arguments arguments) {
  if (!arguments[0].toTensor().is_cpu()) return;
  each_tensor(arguments[1], [](const at::Tensor& index) {
    TORCH_CHECK(
        !index.defined() || !index.is_cuda(),
        "indices should be either on cpu or on the same device as the indexed tensor "
        "(cpu)");
  });
}

// Both checks of PyTorch: that in front of a kernel, and TensorIterator's.
inline void refuse_mixed_devices(
    const c10::FunctionSchema& schema, Arguments arguments) {
  const auto name = full_name(schema);
  if (name.rfind("index.Tensor", 0) == 0 || name.find("index_put") != std::string::npos)
    refuse_device_index_of_cpu_tensor(arguments);
  if (takes_any_devices(name)) return;
  const bool exact = checked.count(name) > 0;
  std::optional<Device> common;
  for (size_t i = 0; i < arguments.size(); i++) {
    each_tensor(arguments[i], [&](const at::Tensor& tensor) {
      if (!tensor.defined()) return;
      // TensorIterator lets a number on the CPU meet a tensor on the device.
      if (!exact && tensor.dim() == 0 && tensor.is_cpu()) return;
      if (!common) common = tensor.device();
      if (*common == tensor.device()) return;
      if (exact)
        c10::impl::common_device_check_failure(
            *common, tensor, ("wrapper_CUDA_" + name).c_str(),
            schema.arguments()[i].name().c_str());
      TORCH_CHECK(
          false, "Expected all tensors to be on the same device, but found at least "
          "two devices, ", *common, " and ", tensor.device(), "!");
    });
  }
}

inline void refuse_as_cuda(const c10::FunctionSchema& schema, Arguments arguments) {
  refuse_if_poisoned();
  refuse_mixed_devices(schema, arguments);
  note_missing_context(schema, arguments);
  refuse_integer_products(schema, arguments);
}

}  // namespace standin
