// A stand-in for CUDA on a CPU build of PyTorch. The dispatch key CUDA is there, and
// unused: this gives it a device in host memory (device.h), what CUDA refuses and a CPU
// does not (rules.h), and one kernel for all operators, which calls the CPU's.
//
// Loaded before `import torch`, which asks for the hooks and keeps them.
#include <ATen/EmptyTensor.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/op_registration/adaption.h>
#include <torch/library.h>

#include "aliases.h"
#include "device.h"
#include "rules.h"

using standin::Guard;
using at::CUDAHooksArgs;
using at::CUDAHooksRegistry;
using at::RegistererCUDAHooksRegistry;

C10_REGISTER_GUARD_IMPL(CUDA, Guard)
C10_REGISTER_CLASS(CUDAHooksRegistry, CUDAHooks, standin::Hooks)
REGISTER_ALLOCATOR(c10::DeviceType::CUDA, &standin::memory)

namespace standin {
namespace {

std::atomic<int64_t> calls{0};

bool takes_generator(const c10::Argument& argument) {
  static const auto type = c10::OptionalType::create(c10::GeneratorType::get());
  return argument.type()->isSubtypeOf(*type);
}

IValue cpu_generator_of(const IValue& value) {
  const auto generator = value.isNone() ? default_generator() : value.toGenerator();
  TORCH_CHECK(
      generator.device().is_cuda(), "Expected a 'cuda' device type for generator but "
      "found '", generator.device().type(), "'");
  return as_ours(generator).inner;
}

// An argument as the CPU's kernel takes it.
IValue for_cpu(
    const IValue& value, const c10::Argument& argument,
    const c10::FunctionSchema& schema, Aliases& aliases) {
  if (takes_generator(argument)) return cpu_generator_of(value);
  if (value.isDevice() && value.toDevice().is_cuda()) return Device(c10::kCPU);
  if (value.isStorage() && value.toStorage().device_type() == DeviceType::CUDA)
    return aliases.on_cpu(value.toStorage());
  if (base_name(schema) == "linalg_lstsq" && argument.name() == "driver")
    return lstsq_driver(value);
  return map_tensors(
      value, [&](const at::Tensor& tensor) { return aliases.on_cpu(tensor); });
}

// Lends the device's random numbers to an operator that asks the default generator.
class LentGenerator {
 public:
  explicit LentGenerator(bool needed) : needed_(needed) {
    if (!needed_) return;
    state_ = cpu_.get_state();
    cpu_.set_state(as_ours(default_generator()).inner.get_state());
  }
  ~LentGenerator() {
    if (!needed_) return;
    as_ours(default_generator()).inner.set_state(cpu_.get_state());
    cpu_.set_state(state_);
  }
  LentGenerator(const LentGenerator&) = delete;
  LentGenerator& operator=(const LentGenerator&) = delete;

 private:
  bool needed_;
  at::Generator cpu_ = at::detail::getDefaultCPUGenerator();
  at::Tensor state_;
};

// The kernel of every operator.
void call_cpu(
    const c10::OperatorHandle& op, c10::DispatchKeySet, torch::jit::Stack* stack) {
  const auto& schema = op.schema();
  const auto& parameters = schema.arguments();
  const auto first = stack->size() - parameters.size();
  calls++;
  refuse_as_cuda(schema, Arguments(stack->data() + first, parameters.size()));

  Aliases aliases;
  bool has_generator = false;
  for (size_t i = 0; i < parameters.size(); i++) {
    has_generator = has_generator || takes_generator(parameters[i]);
    auto& value = (*stack)[first + i];
    value = for_cpu(value, parameters[i], schema, aliases);
  }
  {
    at::AutoDispatchBelowADInplaceOrView below;
    LentGenerator lent(!has_generator && op.hasTag(at::Tag::nondeterministic_seeded));
    try {
      op.redispatchBoxed(c10::DispatchKeySet(c10::DispatchKey::CPU), stack);
    } catch (const c10::Error& error) {
      complain_as_cuda(schema, error.what_without_backtrace());
      throw;
    }
  }
  aliases.write_back();
  for (size_t i = stack->size() - schema.returns().size(); i < stack->size(); i++)
    (*stack)[i] = map_tensors((*stack)[i], [&](const at::Tensor& tensor) {
      return aliases.on_device(tensor);
    });
}

// set_(self, source[, offset, size, stride]) takes the storage itself, not an alias.
void set_storage(
    const c10::OperatorHandle& op, c10::DispatchKeySet, torch::jit::Stack* stack) {
  const auto count = op.schema().arguments().size();
  const auto first = stack->size() - count;
  const auto self = (*stack)[first].toTensor();
  auto* impl = self.unsafeGetTensorImpl();
  if (count == 1) {
    impl->set_storage_keep_dtype(c10::Storage(
        c10::Storage::use_byte_size_t(), 0, memory.allocate(0), &memory,
        /*resizable=*/true));
    impl->set_sizes_contiguous({0});
  } else {
    const auto& source = (*stack)[first + 1];
    const auto storage =
        source.isTensor() ? source.toTensor().storage() : source.toStorage();
    TORCH_CHECK(
        storage.device_type() == DeviceType::CUDA,
        "Attempted to set the storage of a tensor on device \"cuda:0\" to a storage on "
        "different device \"", storage.device(),
        "\".  This is no longer allowed; the devices must match.");
    impl->set_storage_keep_dtype(storage);
    if (count == 5) {
      impl->set_sizes_and_strides(
          (*stack)[first + 3].toIntVector(), (*stack)[first + 4].toIntVector(),
          (*stack)[first + 2].toInt());
    } else if (source.isTensor()) {
      const auto tensor = source.toTensor();
      impl->set_sizes_and_strides(
          tensor.sizes(), tensor.strides(), tensor.storage_offset());
    } else {
      impl->set_storage_offset(0);
      impl->set_sizes_contiguous(
          {static_cast<int64_t>(storage.nbytes() / self.itemsize())});
    }
  }
  torch::jit::drop(*stack, count);
  torch::jit::push(*stack, self);
}

at::Tensor empty(
    c10::SymIntArrayRef size, std::optional<at::ScalarType> dtype,
    std::optional<at::Layout>, std::optional<Device>, std::optional<bool>,
    std::optional<at::MemoryFormat> format) {
  refuse_if_poisoned();
  return at::detail::empty_generic(
      C10_AS_INTARRAYREF_SLOW(size), &memory,
      c10::DispatchKeySet(c10::DispatchKey::CUDA), c10::dtype_or_default(dtype), format);
}

at::Tensor empty_strided(
    c10::SymIntArrayRef size, c10::SymIntArrayRef stride,
    std::optional<at::ScalarType> dtype, std::optional<at::Layout>,
    std::optional<Device>, std::optional<bool>) {
  refuse_if_poisoned();
  return at::detail::empty_strided_generic(
      C10_AS_INTARRAYREF_SLOW(size), C10_AS_INTARRAYREF_SLOW(stride), &memory,
      c10::DispatchKeySet(c10::DispatchKey::CUDA), c10::dtype_or_default(dtype));
}

// Gives operators of PyTorch our kernel by name: a fallback alone would leave
// those that have a kernel for all devices to that one.
void route(const std::vector<std::string>& names) {
  static torch::Library library(
      torch::Library::IMPL, "aten", c10::DispatchKey::CUDA, __FILE__, __LINE__);
  for (const auto& name : names)
    library.impl(
        name.c_str(), torch::CppFunction::makeFromBoxedFunction<&call_cpu>());
}

}  // namespace

TORCH_LIBRARY_IMPL(_, CUDA, library) {
  library.fallback(torch::CppFunction::makeFromBoxedFunction<&call_cpu>());
}

TORCH_LIBRARY_IMPL(aten, CUDA, library) {
  library.impl("empty.memory_format", &empty);
  library.impl("empty_strided", &empty_strided);
  for (auto name :
       {"set_", "set_.source_Storage", "set_.source_Tensor",
        "set_.source_Storage_storage_offset"})
    library.impl(name, torch::CppFunction::makeFromBoxedFunction<&set_storage>());
}

// What Python asks for, as torch.ops.standin.
TORCH_LIBRARY(standin, library) {
  library.def("route(str[] names) -> ()", &route);
  library.def("check_devices_of(str[] names) -> ()",
              [](const std::vector<std::string>& names) {
                checked.insert(names.begin(), names.end());
              });
  library.def("default_generator() -> Generator?", [] { return default_generator(); });
  library.def("events() -> str[]", [] { return events.take(); });
  library.def("calls() -> int", [] { return calls.load(); });
  library.def("heal() -> bool", [] { return poisoned.exchange(false); });
  library.def("forget_contexts() -> ()", [] { contexts++; });
}

}  // namespace standin
